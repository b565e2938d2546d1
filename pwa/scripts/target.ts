/** Chrome 107, Safari 16.4 and Firefox 115 are the floor; ES2020 keeps the output plain. */
export const TARGET = ["es2020", "chrome107", "safari16.4", "firefox115"];
