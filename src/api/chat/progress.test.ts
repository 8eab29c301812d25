import { describe, expect, it } from "vitest";
import {
	answerLost,
	busy,
	cancel,
	cancelAnswered,
	clientDisconnected,
	failure,
	gone,
	of,
	outputs,
	play,
	queued,
	running,
	start,
	stored,
	submitted,
	tick,
	unreachable,
} from "../../../test/support/logs.ts";
import { makeRequest, NOW } from "../../../test/support/make.ts";
import { startMany } from "../../../test/support/slots.ts";
import { WORDS } from "../../words/index.ts";
import { createProgress } from "./progress.ts";

type Inputs = Parameters<typeof play>[0];

function linesOf(language: "en" | "zh", inputs: Inputs): readonly string[] {
	const progressOf = createProgress(WORDS[language].progress);
	return play([start({ request: makeRequest({ n: 2 }) }), ...inputs]).flatMap((event) => progressOf(event) ?? []);
}

describe("the progress of a job", () => {
	it.each<readonly [event: string, inputs: Inputs, english: string, chinese: string]>([
		["a refused submit", [busy], "fal is busy (429); trying again in 1 s", "fal 繁忙（429），1 秒后重试"],
		["an unreachable fal", [unreachable], "fal is busy; trying again in 1 s", "fal 繁忙，1 秒后重试"],
		[
			"a successor",
			[gone],
			"fal no longer offers imagen4-preview; going on with nano-banana-2",
			"fal 已下线 imagen4-preview，改用 nano-banana-2",
		],
		[
			"a lost answer",
			[answerLost],
			"The connection to fal broke; asking whether it has the request",
			"与 fal 的连接中断，正在确认它是否收到请求",
		],
		["a place in the queue", [submitted(2)], "Queued, 2 ahead", "排队中，前面还有 2 个"],
		["the first place", [submitted(2), queued(0)], "Queued, next in line", "排队中，即将开始"],
		["an unknown place", [submitted(null)], "Queued", "排队中"],
		["the start of the run", [submitted(), running()], "Generating", "正在生成"],
		["the start of the run with a log", [submitted(), running("step 1/2")], "Generating", "正在生成"],
		["a quarter", [submitted(), running(), running("step 5/20")], "Generating, 25 %", "正在生成，25%"],
		["ten seconds", [submitted(), running(), [running("hm"), 10_000]], "Generating, 10 s", "正在生成，已用 10 秒"],
		["the result", [submitted(), outputs(2)], "Fetching 2 pictures", "正在取回 2 张图片"],
		["a result of one", [submitted(), outputs(1)], "Fetching the picture", "正在取回图片"],
		["a cancellation", [submitted(), cancel], "Cancelling", "正在取消"],
	])("says %s in the user's language", (_, inputs, english, chinese) => {
		expect([linesOf("en", inputs).at(-1), linesOf("zh", inputs).at(-1)]).toEqual([english, chinese]);
	});

	it("says that a deadline ends it", () => {
		const progressOf = createProgress(WORDS.en.progress);
		const log = play([start({ deadlineAt: NOW + 5_000 }), submitted(0), [tick, 5_000]]);
		expect(log.flatMap((event) => progressOf(event) ?? []).at(-1)).toBe("This takes too long; giving up");
	});

	it("tells of each quarter of a slow run once, and never shows the model's own lines", () => {
		const steps = Array.from({ length: 20 }, (_, step) => running(`${5 * (step + 1)}%|████| ${step + 1}/20`));
		expect(linesOf("en", [submitted(0), running(), ...steps, outputs(1)])).toEqual([
			"Queued, next in line",
			"Generating",
			"Generating, 25 %",
			"Generating, 50 %",
			"Generating, 75 %",
			"Fetching the picture",
		]);
	});

	it("tells of a very slow run every ten seconds", () => {
		const steps = Array.from({ length: 12 }, (_, step) => [running(`step ${step + 1}/100`), 4_000] as const);
		expect(linesOf("en", [submitted(null), running(), ...steps])).toEqual([
			"Queued",
			"Generating",
			"Generating, 3 %",
			"Generating, 6 %",
			"Generating, 9 %",
			"Generating, 12 %",
		]);
	});

	it("never goes back, though a model shows several bars", () => {
		const shown = linesOf("en", [
			submitted(0),
			running(),
			running("60%|█"),
			running("10%|█"),
			running("20%|█"),
			running("80%|█"),
		]);
		expect(shown).toEqual(["Queued, next in line", "Generating", "Generating, 60 %", "Generating, 80 %"]);
	});

	it("tells the time when a bar stands still or begins anew", () => {
		expect(
			linesOf("en", [submitted(0), running(), running("50%"), [running("50%|"), 10_000], [running("30%"), 10_000]]),
		).toEqual(["Queued, next in line", "Generating", "Generating, 50 %", "Generating, 11 s", "Generating, 21 s"]);
	});

	it("follows one of several requests to fal, and another one when that has ended", () => {
		const progressOf = createProgress(WORDS.en.progress);
		const log = play([
			startMany(3),
			submitted(1),
			of(1, submitted(7)),
			of(2, submitted(8)),
			queued(0),
			of(1, queued(6)),
			of(1, running()),
			running(),
			of(1, running("50%")),
			running("25%"),
			of(2, running()),
			failure,
			of(1, running("75%")),
			of(1, outputs(1)),
			of(1, failure),
		]);
		expect(log.flatMap((event) => progressOf(event) ?? [])).toEqual([
			"Queued, 1 ahead",
			"Queued, next in line",
			"Generating",
			"Generating, 50 %",
			"Generating, 75 %",
			"Fetching the picture",
		]);
	});

	it("begins anew when a request goes back to the queue", () => {
		expect(linesOf("en", [submitted(0), running(), running("50%"), queued(1), running(), running("30%")])).toEqual([
			"Queued, next in line",
			"Generating",
			"Generating, 50 %",
			"Queued, 1 ahead",
			"Generating",
			"Generating, 30 %",
		]);
	});

	it("says nothing twice in a row", () => {
		expect(linesOf("en", [submitted(1), queued(1), queued(null), queued(null)])).toEqual(["Queued, 1 ahead", "Queued"]);
	});

	it("says nothing of what changes nothing for a person", () => {
		const quiet: Inputs = [clientDisconnected(false), clientDisconnected(true)];
		expect(linesOf("en", [submitted(0), running(), ...quiet, running("step 1/9"), failure])).toEqual([
			"Queued, next in line",
			"Generating",
		]);
		expect(linesOf("en", [submitted(0), cancel, cancelAnswered("accepted")])).toEqual([
			"Queued, next in line",
			"Cancelling",
		]);
		expect(linesOf("en", [submitted(0), outputs(1), stored(0)])).toEqual([
			"Queued, next in line",
			"Fetching the picture",
		]);
	});
});
