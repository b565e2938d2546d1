// English: the phone's tabs Referrals, Guide and Me. Seen by whoever looks over the shoulder: no word about health or drugs.
export default {
  // Referrals. A slip is a piece of paper with a short random number that a person takes to a service.
  slips_none: "No open slips. A slip that you give stands here for 30 days, so that you can say what became of it.",
  slips_place: "To make a referral, first say on Today where you are.",
  new_referral: "New referral",
  // Button that records at once that the worker accompanied the person to the service.
  went_along: "I went along",
  slip_show: "Show slip {slip}",
  slip_qr: "The slip's number as a QR code",
  // What became of a referral: buttons, and short words on the card.
  outcome: "What became of it?",
  outcome_completed: "Went, served",
  outcome_attended_not_served: "Went, not served",
  outcome_attended: "Went",
  outcome_not_attended: "Did not go",
  outcome_unreachable: "Could not find",

  // The form of a referral on its own.
  referral_service: "To which service?",
  referral_missing: "Tap a service.",
  referral_way: "How?",
  referral_where: "Where, if you know",
  referral_slip: "Number of the slip",

  // Guide: addresses of services, and the programme's own pages.
  guide_services: "Services",
  guide_cards: "Cards",
  guide_search: "Search name, service or street",
  guide_all: "All",
  guide_none: "Nobody is listed yet. Your supervisor can add services and addresses; they come with the next sync.",
  guide_no_match: "Nothing found. Try fewer letters.",
  guide_clear: "Show everything",
  guide_no_cards: "No cards yet. Your programme can write some; they come with the next sync.",
  guide_call: "Call {number}",
  guide_back: "All cards",

  // Me: own figures.
  own_figures: "My figures",
  // Heads of two columns of figures.
  own_week: "This week",
  own_month: "This month",
  // Name of a row: contacts, without a number before it.
  own_contacts: "Contacts",
  own_new: "New",
  own_syringes_out: "Out",
  own_syringes_in: "Back",
  own_naloxone: "Naloxone",
  own_later: "The month and earlier weeks are shown after the next sync.",
  bars_week: "Contacts this week, by day",
  bars_weeks: "Contacts by week, from Monday",
  // For a day that is still to come.
  bar_none: "–",

  // Me: next shifts. Times stand before the place.
  own_shifts: "Next shifts",
  own_shifts_none: "No shift is planned. Ask your supervisor; plans come with the next sync.",
  own_shift_cancelled: "Called off",
  // Times of a shift: from, until.
  own_shift_times: "{from}–{until}",
  own_shift_from: "from {from}",

  // Me: recognition and learning.
  thanks: "Thanks",
  thanks_none: "Thanks from your team will stand here.",
  thanks_from: "{name}, {day}",
  qualifications: "Learned",
  qualifications_none: "What you have passed will stand here.",
  // What a worker is unlocked for; levels of peer work.
  level: "Level",
  level_outreach: "Outreach",
  level_facilitation: "Leads groups",
  level_mentoring: "Mentor",
  passed_on: "Passed {day}",
  holds_until: "holds until {day}",
  ends_soon: "Ends soon: {day}",
  ended_on: "Ended {day}. Ask to renew it.",

  // Me: the phone.
  this_phone: "This phone",
  // Button that covers the screen with a clock at once, so that nobody reads it. It is not a lock.
  hide_now: "Hide now",
  hidden_back: "Open again",

  // Putting the app on the home screen of the phone.
  install: "Put on the home screen",
  install_text: "Then it opens like any other app, and the browser keeps what you save.",
  install_ios: "How to put it on the home screen",
  install_ios_1: "Tap Share at the bottom of Safari.",
  install_ios_2: "Scroll down and tap “Add to Home Screen”.",
  install_ios_3: "Open it from the home screen and type your code and the six digits there.",
  install_ios_code: "The app on the home screen keeps its own things. If you have used your code here already, ask for a new one.",
};
