// English texts of the console.
export default {
  title: "Rounds console",
};
