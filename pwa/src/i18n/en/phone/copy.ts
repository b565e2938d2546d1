// English: copies of sealed records as a file, and their delivery by another phone.
export default {
  // A file with the records that wait, so that they can reach the server by another way.
  copy_title: "Copies",
  copy_about: "A copy is a file with the records of this phone. Nobody can read it; the server can. Another phone or your supervisor can deliver it.",
  copy_save: "Save a copy",
  copy_shared: {
    one: "The copy has {n} record. It stays on this phone too, until the server has it.",
    other: "The copy has {n} records. They stay on this phone too, until the server has them.",
  },
  // {file} is a file name.
  copy_downloaded: {
    one: "{file} is in the downloads, with {n} record. Give the file to your supervisor or to another phone of the programme.",
    other: "{file} is in the downloads, with {n} records. Give the file to your supervisor or to another phone of the programme.",
  },
  // The browser gives this app little room.
  storage_low: "This phone is nearly full. Free some space. A copy keeps what waits safe meanwhile.",
  storage_private: "This looks like a private window. It is no place for real records: they are gone when it is closed.",
  copy_nothing: "There is nothing on this phone to copy.",
  copy_failed: "The copy could not be made. Free some space and try again.",

  // Delivering the copy of another phone: what became of its records, a line each.
  copy_deliver: "Deliver a copy",
  copy_deliver_help: "Pick the file that another phone saved. It goes to the server as it is; nothing of it stays here.",
  copy_pick: "Pick the file",
  copy_pick_other: "Another file",
  copy_delivering: "Delivering",
  copy_again: "Try again",
  copy_not_one: "This file is no copy, or it is damaged. Save a copy again on the other phone.",
  copy_damaged: "A part of the file is damaged and was left out. Save a copy again on the other phone.",
  copy_no_network: "No network. Keep the file and try again when there is one.",
  copy_timeout: "The network is too slow. Keep the file and try again where it is better.",
  copy_no_answer: "The server did not take it now. Keep the file and try again.",
  copy_not_known: "The server does not know the phone that the copy is from, or the file was changed. Tell your supervisor.",
  copy_fate_received: { one: "{n} record received", other: "{n} records received" },
  copy_fate_already: { one: "{n} record was there already", other: "{n} records were there already" },
  copy_fate_supervisor: { one: "{n} record waits for the supervisor", other: "{n} records wait for the supervisor" },
  copy_fate_refused: { one: "{n} record refused", other: "{n} records refused" },
  copy_fate_undelivered: { one: "{n} record not delivered", other: "{n} records not delivered" },
};
