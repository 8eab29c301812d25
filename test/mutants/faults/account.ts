/** Faults in accounts. */
import { type Fault, worker } from "./fault.ts";

export const ACCOUNT_FAULTS: readonly Fault[] = [
	{
		breaks: "an Idempotency-Key is good for ever",
		file: "src/account/account.ts",
		text: "now - KEY_WINDOW_MS",
		becomes: "now - 99 * KEY_WINDOW_MS",
		caughtBy: worker("src/account/account.worker.test.ts", "forgets a key after a day"),
	},
	{
		breaks: "a retry joins for ever",
		file: "src/account/account.ts",
		text: "now - RETRY_WINDOW_MS",
		becomes: "now - 99 * RETRY_WINDOW_MS",
		caughtBy: worker("src/account/account.worker.test.ts", "forgets a retry after half an hour"),
	},
	{
		breaks: "jobs that came while others were asked are not seen",
		file: "src/account/account.ts",
		text: "rowsNow = this.#earlierJobs(admission, now);\n\t\t}",
		becomes: "}",
		caughtBy: worker("src/account/account.worker.test.ts", "is erased while it is asked"),
	},
	{
		breaks: "the oldest twin is asked first",
		file: "src/account/store.ts",
		text: "WHERE digest = ? ORDER BY n DESC LIMIT ?",
		becomes: "WHERE digest = ? ORDER BY n LIMIT ?",
		caughtBy: worker("src/job/joining.worker.test.ts", "joins the newest of several jobs"),
	},
	{
		breaks: "a repeated forget takes another job off the list",
		file: "src/account/store.ts",
		text: "DELETE FROM jobs WHERE n = ? AND id = coalesce(?, id)",
		becomes: "DELETE FROM jobs WHERE n = ? AND ? IS NOT 0",
		caughtBy: worker("src/account/account.worker.test.ts", "takes a job off the list, once"),
	},
	{
		breaks: "keys are the same in either case",
		file: "src/account/authenticate.ts",
		text: "await sha256(key);\n",
		becomes: "await sha256(key.toLowerCase());\n",
		caughtBy: worker("src/account/authenticate.worker.test.ts", "rejects 'Bearer Key-Of-Ann-1'"),
	},
	{
		breaks: "every account's list is the owner's",
		file: "src/job/start.ts",
		text: "callAccount<Admitted>(env, caller.account,",
		becomes: 'callAccount<Admitted>(env, "owner",',
		caughtBy: worker("src/account/isolation.worker.test.ts", "hides a job from another account, on every route"),
	},
];
