import { finishLag } from "./cases/finish-lag.ts";
import { requests } from "./cases/requests.ts";
import { workerSize } from "./cases/worker-size.ts";
import type { Case } from "./figure.ts";

/** The table's rows, in its order: a case's name, and what it asks. */
export const CASES: Readonly<Record<string, Case>> = {
	"finish-lag": finishLag,
	requests,
	"worker-size": workerSize,
};
