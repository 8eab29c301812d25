/** The version of the code. A test holds it to `package.json`, which would come into the bundle whole. */
export const VERSION = "0.1.0";
