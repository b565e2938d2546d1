// English: the lock. Seen by whoever looks over the shoulder: nothing that tells what the app is, or whether a second PIN is set.
export default {
  // Button with an icon alone: hides everything at once.
  exit: "Quick exit",
  // Lock screen.
  pin_enter: "Enter your PIN",
  // How many digits were typed, for screen readers.
  pin_typed: { one: "{n} digit typed", other: "{n} digits typed" },
  pin_open: "Open",
  pin_busy: "One moment…",
  pin_wrong: "That is not right.",
  // Too many wrong PINs.
  pin_wait: { one: "Not right too often. Try again in {n} minute.", other: "Not right too often. Try again in {n} minutes." },
  // Button on the lock screen: opens the form of a contact without the PIN. It must not tell what is recorded.
  pin_record: "Record",

  // Me: the lock.
  lock_title: "Lock",
  // Button that locks the app at once.
  lock_now: "Lock",
  lock_is_off: "Without a PIN, whoever has the phone open sees today's numbers.",
  lock_is_on: "The app locks after a minute out of sight or two minutes without a touch. Three fingers on the screen, or the crossed eye, hide it at once.",
  pin_set: "Set a PIN",
  pin_change: "Change the PIN",
  // A PIN that opens the app as usual but destroys the list of the shift, for when somebody is forced to open it.
  pin_second: "Second PIN",
  pin_off: "Turn the PIN off",
  // Before a shift, with the buttons "Set a PIN" and this.
  pin_offer: "A PIN locks this app when you look away, and lets you correct what you saved in this shift.",
  pin_offer_no: "Not now",
  pin_about: "6 to 12 digits that nobody guesses: no birthday, no 123456. Nobody can tell you the PIN if you forget it; you can set a new one, and records are not lost.",
  pin_second_about: "For when somebody makes you open the app. It opens as always, but the list of this shift is destroyed for good. Records that wait are kept and sent.",
  pin_enter_now: "Your PIN now",
  pin_new: "New PIN",
  pin_second_new: "Second PIN",
  pin_again: "The same again",
  pin_next: "Next",
  pin_differs: "The two were not the same. Choose again.",
  pin_obvious: "This one is too easy to guess. Choose another.",
  pin_second_same: "This is your PIN. Choose another.",
  // Changing the PIN: the phone does not know whether the server has the new one.
  error_pin_unsure: "No network: which PIN holds is not certain. If the old one does not open the app, use the new one.",
  pin_is_set: "The PIN is set.",
  pin_is_changed: "The PIN is set. A second PIN from before no longer holds.",
  pin_second_is_set: "The second PIN is set.",
  pin_is_off: "The PIN is off.",

  // Today: the list of what was saved in this shift. A tap on a line opens what can be done with it.
  list_title: "This shift",
  // One contact or other record of the list, by its time.
  list_entry: "At {time}",
  // Short mark on a line.
  list_corrected: "corrected",
  // How a line stands.
  list_waiting: "Waiting to be sent",
  list_received: "Received",
  list_attention: "Needs your supervisor",
  list_changed: "Changed by your supervisor",
  list_changed_about: "Your supervisor has changed this one. If it is not right, tell them.",
  // The record was deleted from this phone before the server had it.
  list_deleted: "Deleted from this phone",
  // The list as a whole, when the phone's store refuses.
  list_unread: "The list of this shift can't be read now. Open the app again.",
  // Opens the form again with what was tapped.
  list_correct: "Correct",
  list_remove: "Take back",
  list_remove_sure: "Yes, take it back for good",
  // The other answer to it.
  list_remove_no: "No, keep it",
  // A correction was saved.
  corrected: "Corrected",

  // Me: deleting records that were not sent. Rarely wanted, and never by accident.
  discard_open: "Delete unsent records…",
  discard: "Delete unsent records",
  discard_about: {
    one: "{n} record has not been received by the server. If you delete it, it is lost for everybody, for good.",
    other: "{n} records have not been received by the server. If you delete them, they are lost for everybody, for good.",
  },
  discard_type: { one: "To delete it, type its number: {n}.", other: "To delete them, type their number: {n}." },
  discard_now: { one: "Delete {n} record for good", other: "Delete {n} records for good" },
  // On a phone that several people use.
  discard_others: { one: "{n} record of others on this phone stays.", other: "{n} records of others on this phone stay." },
  discard_busy: "One moment: what is being sent has to end first.",
  discard_failed: "Nothing was deleted. Close this and try again.",
  // The sums on the screen, after records were deleted.
  discarded_sums: "Your numbers may be too low until the next sync.",
  discarded_records: { one: "{n} record was deleted.", other: "{n} records were deleted." },
  list_gone: "The list of this shift can't be opened any more. Your records are safe. You can set a new PIN in Me.",
};
