/** The cases of the bench, by name. */
import { awake } from "./cases/awake.ts";
import { base64 } from "./cases/base64.ts";
import { consolePage } from "./cases/console.ts";
import { cost } from "./cases/cost.ts";
import { counts } from "./cases/counts.ts";
import { edits } from "./cases/edits.ts";
import { finishLag } from "./cases/finish-lag.ts";
import { firstByteOfAStream } from "./cases/first-byte.ts";
import { growth } from "./cases/growth.ts";
import { heldStreams } from "./cases/held-streams.ts";
import { jobsPerSecond } from "./cases/jobs-per-second.ts";
import { lines } from "./cases/lines.ts";
import { masks } from "./cases/masks.ts";
import { oneBox } from "./cases/one-box.ts";
import { pictures } from "./cases/pictures.ts";
import { proxyOverhead } from "./cases/proxy-overhead.ts";
import { rawModels } from "./cases/raw-models.ts";
import { replay } from "./cases/replay.ts";
import { requests } from "./cases/requests.ts";
import { slots } from "./cases/slots.ts";
import { uploads } from "./cases/uploads.ts";
import { watchers } from "./cases/watchers.ts";
import { workerSize } from "./cases/worker-size.ts";
import type { Case } from "./figure.ts";

/** Cases that wait for minutes and hardly compute. They begin early, and are awaited in their turn. */
export const WAITING_CASES: ReadonlySet<string> = new Set(["requests", "counts", "slots", "awake"]);

/** Cases in the order of the table. */
export const CASES: Readonly<Record<string, Case>> = {
	"finish-lag": finishLag,
	"first-byte": firstByteOfAStream,
	edits,
	"jobs-per-second": jobsPerSecond,
	replay,
	watchers,
	"raw-models": rawModels,
	lines,
	pictures,
	base64,
	uploads,
	growth,
	masks,
	requests,
	"proxy-overhead": proxyOverhead,
	counts,
	slots,
	"held-streams": heldStreams,
	"one-box": oneBox,
	awake,
	"worker-size": workerSize,
	console: consolePage,
	cost,
};
