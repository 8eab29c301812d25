/** The environment variable with the folders and files of the tests that are run, between commas. */
export const TESTS_VARIABLE = "MUTANTS_TESTS";
