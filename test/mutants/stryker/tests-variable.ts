/** The environment variable with the folder whose tests are run: it is that of the room that is broken. */
export const TESTS_VARIABLE = "MUTANTS_TESTS";
