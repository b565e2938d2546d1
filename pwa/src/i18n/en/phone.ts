// English texts of the phone.
export default {
  starting: "Starting",
};
