/** Faults in issued keys and in the erasure of accounts. */
import { type Fault, test } from "./fault.ts";

const CHECK = "src/account/key-check.worker.test.ts";
const ROUTES = "src/api/keys/routes.worker.test.ts";
const ACCOUNTS = "src/api/accounts/routes.worker.test.ts";

export const KEY_FAULTS: readonly Fault[] = [
	{
		breaks: "an invented key is as good as an issued one until its account is asked",
		file: "src/account/authenticate.ts",
		text: "|| !(await isMintedHere(macSecret, issued))",
		becomes: "",
		caughtBy: test(CHECK, "wakes no account"),
	},
	{
		breaks: "an issued key of the owner's account administers",
		file: "src/account/authenticate.ts",
		text: "key: presented, scopes: SCOPES",
		becomes: "key: presented, scopes: issued.account === config.owner ? OWNERS_SCOPES : SCOPES",
		caughtBy: test("src/account/authenticate.worker.test.ts", "never lets it administer"),
	},
	{
		breaks: "a revoked key reads for an hour",
		file: "src/account/key-check.ts",
		text: "REMEMBERED_MS = 30_000",
		becomes: "REMEMBERED_MS = 3_600_000",
		caughtBy: test(CHECK, "is asked about once in half a minute"),
	},
	{
		breaks: "each request asks the account about its key",
		file: "src/account/key-check.ts",
		text: "REMEMBERED_MS = 30_000",
		becomes: "REMEMBERED_MS = 0",
		caughtBy: test(CHECK, "is asked about once in half a minute"),
	},
	{
		breaks: "a key that was blocked here goes on reading here",
		file: "src/account/key-check.ts",
		text: "memory.delete(name);\n}",
		becomes: "memory.get(name);\n}",
		caughtBy: test(ROUTES, "blocks a key, and lets it go on"),
	},
	{
		breaks: "an isolate without a secret asks the registry for each invented key",
		file: "src/account/mac-secret.ts",
		text: "ABSENT_MS = 5_000",
		becomes: "ABSENT_MS = 0",
		caughtBy: test(CHECK, "before any was issued asks the registry once"),
	},
	{
		breaks: "a second first key ends all others",
		file: "src/account/registry-store.ts",
		text: "INSERT OR IGNORE INTO mac_secret",
		becomes: "REPLACE INTO mac_secret",
		caughtBy: test("src/account/key-keeper.worker.test.ts", "has no secret before one is offered"),
	},
	{
		breaks: "a key is stored as it is",
		file: "src/api/keys/routes.ts",
		text: "secretSha256: await digestOfKey(key), redacted: redactKey(key), settings };",
		becomes: "secretSha256: await digestOfKey(key), redacted: key, settings };",
		caughtBy: test(ROUTES, "stores no part of a key"),
	},
	{
		breaks: "a key is issued to an account that is being erased",
		file: "src/account/key-keeper.ts",
		text: 'if (this.keys.erasure() !== null) return "erasing";',
		becomes: "",
		caughtBy: test(ACCOUNTS, "goes on by its alarm"),
	},
	{
		breaks: "a form is read for a key that was revoked",
		file: "src/api/create.ts",
		text: "if (isForm) orRefuse(await checkKey(context.env, context.caller));",
		becomes: "",
		caughtBy: test(CHECK, "that brings a form is refused unread"),
	},
	{
		breaks: "a key that was revoked is answered with text",
		file: "src/api/create.ts",
		text: "orRefuse(await checkKey(context.env, context.caller));\n\t\t\treturn answerText(",
		becomes: "return answerText(",
		caughtBy: test(CHECK, "is asked about for an answer of text"),
	},
	{
		breaks: "a picture is stored for a key that was revoked",
		file: "src/api/request/input-keeper.ts",
		text: "if (!isHeld) orRefuse(await checkKey(env, context.caller));",
		becomes: "",
		caughtBy: test(CHECK, "that brings a form is refused unread"),
	},
	{
		breaks: "an erasure that died is never ended",
		file: "src/account/eraser.ts",
		text: "await storage.setAlarm(Date.now() + FAILED_ROUND_MS);",
		becomes: "",
		caughtBy: test(ACCOUNTS, "comes again after a round that broke off"),
	},
	{
		breaks: "an erasure takes the jobs that came after its beginning",
		file: "src/account/eraser.ts",
		text: "cursor ?? erasure.upTo + 1",
		becomes: "cursor ?? Number.MAX_SAFE_INTEGER",
		caughtBy: test(ACCOUNTS, "leaves a job that came after its beginning"),
	},
	{
		breaks: "usage outlives its account",
		file: "src/account/eraser.ts",
		text: "store.removeUsage(erasure);",
		becomes: "",
		caughtBy: test(ACCOUNTS, "erases keys, jobs, pictures and usage"),
	},
	{
		breaks: "anybody may name another account",
		file: "src/api/request/for-account.ts",
		text: 'if (!caller.scopes.includes("admin")) throw new Refusal({ kind: "scope_missing", scope: "admin" });',
		becomes: "",
		caughtBy: test("src/api/jobs/other-accounts.worker.test.ts", "may not GET /v1/jobs of another account"),
	},
	{
		breaks: "no route asks for its scope",
		file: "src/router.ts",
		text: "if (!caller.scopes.includes(route.scope)) throw",
		becomes: "if (caller.scopes.length === 0) throw",
		caughtBy: test(ROUTES, "lets no issued key issue another"),
	},
	{
		breaks: "a key that was changed is remembered as it was",
		file: "src/account/key-store.ts",
		text: "VALUES (?, ?, ?, ?, ?, ?)`, ...values);\n		known.delete(key.id);",
		becomes: "VALUES (?, ?, ?, ?, ?, ?)`, ...values);",
		caughtBy: test(
			"src/account/key-keeper.worker.test.ts",
			"keep the secret of before a rotation until its grace ends",
		),
	},
];
