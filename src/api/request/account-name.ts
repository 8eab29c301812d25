/** Reads the name of an account. */

import * as z from "zod/mini";
import { ACCOUNT_NAME } from "../../account/key-form.ts";
import { faulty } from "./fields.ts";

export function accountName() {
	return z.string().check(faulty((name) => (ACCOUNT_NAME.test(name) ? null : { is: "account_name" })));
}
