/** Faults in the Worker's end of a watch. */
import { type Fault, test } from "./fault.ts";

export const WATCH_FAULTS: readonly Fault[] = [
	{
		breaks: "a pong is not noticed, so the watcher reconnects each minute, unseen",
		file: "src/job/watch/watch.ts",
		text: "if (data === PONG) lastPong = Date.now();",
		becomes: "if (data === PONG) return;",
		caughtBy: test("src/job/watch/pings.worker.test.ts", "stays on its one socket for an hour"),
	},
	{
		breaks: "no pings are sent",
		file: "src/job/watch/watch.ts",
		text: "else if (!ended.signal.aborted) socket.send(PING);",
		becomes: "",
		caughtBy: test("src/job/watch/pings.worker.test.ts", "stays on its one socket for an hour"),
	},
	{
		breaks: "pings go on after the end",
		file: "src/job/watch/watch.ts",
		text: "clearInterval(pinging);",
		becomes: "",
		caughtBy: test("src/job/watch/pings.worker.test.ts", "sends no more pings when it has left"),
	},
	{
		breaks: "a dead connection is never dropped",
		file: "src/job/watch/watch.ts",
		text: 'if (Date.now() - lastPong > PING_EVERY_MS + PONG_WITHIN_MS) close("other");\n\t\telse if',
		becomes: "void [lastPong, PONG_WITHIN_MS];\n\t\tif",
		caughtBy: test("src/job/watch/pings.worker.test.ts", "connects again when a ping is not answered"),
	},
	{
		breaks: "a gap in the events is passed over",
		file: "src/job/watch/watch.ts",
		text: "if (fresh.some(({ seq }, index) => seq !== next + index)) break;",
		becomes: "",
		caughtBy: test(
			"src/job/watch/watch.worker.test.ts",
			"reads the log again from its cursor when an event is missing",
		),
	},
	{
		breaks: "events that are sent twice are yielded twice",
		file: "src/job/watch/watch.ts",
		text: "batch.filter(({ seq }) => seq >= next)",
		becomes: "batch",
		caughtBy: test("src/job/watch/watch.worker.test.ts", "yields each event once, though it is sent twice"),
	},
	{
		breaks: "a client that leaves before the first connection is not reported",
		file: "src/job/watch/watch.ts",
		text: "connection?.isOpen() ? connection : await connect(target, next - 1)",
		becomes: "connection",
		caughtBy: test(
			"src/job/watch/watch.worker.test.ts",
			"connects to tell the job, if the client left before the first connection",
		),
	},
	{
		breaks: "a client that leaves between two connections is not reported",
		file: "src/job/watch/watch.ts",
		text: "connection?.isOpen() ? connection",
		becomes: "connection ? connection",
		caughtBy: test(
			"src/job/watch/watch.worker.test.ts",
			"connects to tell the job, if the client left between two connections",
		),
	},
	{
		breaks: "an object that cannot be reached is asked without a pause",
		file: "src/job/watch/watch.ts",
		text: "await scheduler.wait(delay);",
		becomes: "",
		caughtBy: test("src/job/watch/watch.worker.test.ts", "waits longer before each further connection"),
	},
	{
		breaks: "the pause between connections does not grow",
		file: "src/job/watch/watch.ts",
		text: "delay = Math.min(delay * 2, RECONNECT_MAX_MS);",
		becomes: "",
		caughtBy: test("src/job/watch/watch.worker.test.ts", "waits longer before each further connection"),
	},
	{
		breaks: "a watch goes on after the end of the log",
		file: "src/job/watch/watch.ts",
		text: "if (fresh.some(isTerminal)) return;",
		becomes: "void isTerminal;",
		caughtBy: test("src/job/watch/watch.worker.test.ts", "yields the log to its end, and then stops"),
	},
	{
		breaks: "a watcher connects again after each batch of events",
		file: "src/job/watch/watch.ts",
		text: "yield fresh;",
		becomes: "yield fresh;\n\t\t\t\t\tif (!fresh.some(isTerminal)) break;",
		caughtBy: test("src/job/watch/watch.worker.test.ts", "yields each event once, though it is sent twice"),
	},
	{
		breaks: "every reason to leave is told as another one",
		file: "src/job/watch/watch.ts",
		text: "socket.close(CLOSE[why], why);",
		becomes: "socket.close(CLOSE.other, why);",
		caughtBy: test("src/job/watch/watch.worker.test.ts", "tells the job the reason delivered"),
	},
];
