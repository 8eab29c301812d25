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
		text: "FROM jobs WHERE n = ? AND id = coalesce(?, id)",
		becomes: "FROM jobs WHERE n = ? AND ? IS NOT 0",
		caughtBy: worker("src/account/account.worker.test.ts", "takes a job off the list, and no other"),
	},
	{
		breaks: "the place of a deleted newest job is given again",
		file: "src/account/store.ts",
		text: "if (n < largestGiven()) return;",
		becomes: "if (n <= largestGiven()) return;",
		caughtBy: worker("src/account/store.worker.test.ts", "are never given twice"),
	},
	{
		breaks: "a repeated settlement is added to the earlier one",
		file: "src/account/ledger-store.ts",
		text: "minus({ cost: settlement.cost, images: counted }, before ?? { cost: 0, images: 0 })",
		becomes: "minus({ cost: settlement.cost, images: counted }, { cost: 0, images: 0 })",
		caughtBy: worker("src/account/ledger.worker.test.ts", "is absolute"),
	},
	{
		breaks: "a job counts on the day of its end",
		file: "src/account/ledger-store.ts",
		text: "{ at: job.at, apiKey",
		becomes: "{ at: settlement.endedAt, apiKey",
		caughtBy: worker("src/account/ledger.worker.test.ts", "counts on the day of the admission"),
	},
	{
		breaks: "a sum of a day outlives a change of its usage",
		file: "src/account/ledger-store.ts",
		text: "if (day <= lastSummedDay())",
		becomes: "if (day > lastSummedDay() + 9_999)",
		caughtBy: worker("src/account/ledger.worker.test.ts", "sums up again from a day on"),
	},
	{
		breaks: "a job that stays open is forgotten among many that ended",
		file: "src/account/ledger-store.ts",
		text: "open: rows.map(({ n }) => n)",
		becomes: "open: rows.map(({ n }) => -n)",
		caughtBy: worker("src/account/ledger.worker.test.ts", "passes over the rows of ended jobs"),
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
		text: "callAccount<Admitted | Denied>(env, caller.account,",
		becomes: 'callAccount<Admitted | Denied>(env, "owner",',
		caughtBy: worker("src/account/isolation.worker.test.ts", "hides a job from another account, on every route"),
	},
];
