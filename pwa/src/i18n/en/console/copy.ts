// English: delivery of a copy of sealed records that a phone saved as a file.
export default {
  copy_deliver: "Deliver a phone's copy",
  copy_deliver_help:
    "A phone without a network, or one that is to be cleared, can save its records as a file (Me, “Save a copy”). Pick that file or drop it here. Records that are here already are not counted twice.",
  copy_pick: "Pick the file",
  copy_not_one: "This file is no copy, or it is damaged. Ask for a new copy from the phone.",
  copy_damaged: "A part of the file is damaged and was left out. Ask for a new copy from the phone.",
  copy_no_network: "No network. Keep the file and try again when there is one.",
  copy_timeout: "The network is too slow. Keep the file and try again on a better one.",
  copy_no_answer: "The server did not take it now. Keep the file and try again.",
  copy_not_known: "This server does not know the phone that the copy is from, or the file was changed.",
  // What became of the records, each with their number beside it.
  copy_fate_received: "Received",
  copy_fate_already: "Were here already",
  copy_fate_supervisor: "Wait under “Needs repair”",
  copy_fate_refused: "Refused",
  copy_fate_undelivered: "Not delivered",
};
