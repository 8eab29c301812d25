/** Runs the whole check: says the price, asks the simulator and then fal, prints the report, and leaves no request behind. */
import { createInterface } from "node:readline/promises";
import { compare } from "./compare.ts";
import { costOf } from "./cost.ts";
import { createEvidence, type Evidence } from "./evidence.ts";
import { interview } from "./interview.ts";
import type { Finding, Question } from "./question.ts";
import { QUESTIONS } from "./questions.ts";
import { createScrubs } from "./redact.ts";
import { type Answered, EXIT, exitCodeOf, toJson, toMarkdown } from "./report.ts";
import type { Settings } from "./settings.ts";
import { type Simulator, startSimulator } from "./simulator.ts";
import { MODEL_APP } from "./target.ts";
import { startWebhookReceiver, type WebhookReceiver } from "./webhooks.ts";

/** Bound of all questions to both sides together. */
const TOTAL_MS = 360_000;

/** Returns the exit code. The report alone goes to the standard output, everything else to the standard error. */
export async function run(settings: Settings, version: string): Promise<number> {
	const { target, isFal, only, publicUrl, webhookPort } = settings;
	const asked = isFal ? "fal" : "a queue that is not fal's";
	const questions = QUESTIONS.filter(({ id }) => only === null || only.includes(id));
	say(`This asks ${asked} ${questions.length} questions. ${costOf(questions)}`);
	if (!settings.yes && !(await confirm())) return EXIT.notAsked;

	const stop = new AbortController();
	stopOnSignals(stop);
	const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(TOTAL_MS)]);
	const hasPublicAddress = publicUrl !== null && questions.some(({ needs }) => needs === "public address");
	const receiver = hasPublicAddress ? await startReceiver(webhookPort) : null;
	if (hasPublicAddress && receiver === null) return EXIT.notAsked;
	const real = createEvidence(target, signal, receiver?.openMailbox(publicUrl ?? undefined) ?? null);
	/** Answers tell more and more of what is to be hidden. */
	const scrubs = () => createScrubs([target.key, target.adminKey ?? "", publicUrl ?? ""], real.secrets);
	let simulator: Simulator | null = null;
	try {
		const refusal = await keyRefusal(real);
		if (refusal !== null) {
			say(refusal);
			return EXIT.notAsked;
		}
		say("Asks the simulator first …");
		simulator = await startSimulator();
		const simulated = createEvidence(simulator.target, signal, receiver?.openMailbox() ?? null);
		const expected = await interview(questions, simulated, { signal, hasPublicAddress });
		say(`Asks ${asked} …`);
		const answered: Answered[] = [];
		const onFinding = (question: Question, fal: Finding) => {
			const comparison = compare(question, expected.get(question.id), fal, scrubs().foreign);
			answered.push({ question, comparison, fal });
			say(`  ${question.id}: ${comparison.verdict}`);
		};
		await interview(questions, real, { signal, hasPublicAddress, onFinding });
		if (stop.signal.aborted) return EXIT.notAsked;
		const head = { version, at: new Date().toISOString(), asked };
		console.log((settings.json ? toJson : toMarkdown)(head, answered, scrubs()));
		return exitCodeOf(answered.map(({ comparison }) => comparison));
	} catch (error) {
		say(scrubs().keys(`The doctor failed: ${error instanceof Error ? error.message : String(error)}`));
		return EXIT.notAsked;
	} finally {
		const cancelled = await real.requests.cancelOpen();
		if (cancelled > 0) say(`Cancelled ${cancelled} of the doctor's requests, which had not ended.`);
		receiver?.close();
		await simulator?.close();
	}
}

/** Returns null if the port is taken. */
function startReceiver(port: number): Promise<WebhookReceiver | null> {
	return startWebhookReceiver(port).catch(() => {
		say(`Port ${port} is taken. Choose another with --webhook-port.`);
		return null;
	});
}

function say(text: string): void {
	console.error(text);
}

async function confirm(): Promise<boolean> {
	if (!process.stdin.isTTY) {
		say("Nothing was asked. Add --yes to go on.");
		return false;
	}
	const terminal = createInterface({ input: process.stdin, output: process.stderr });
	// Ctrl-C rejects.
	const answer = await terminal.question("Go on? [y/N] ").catch(() => "");
	terminal.close();
	return /^y(es)?$/i.test(answer.trim());
}

/** The first signal ends the questions, and what was submitted is cancelled. The second ends the process. */
function stopOnSignals(stop: AbortController): void {
	for (const name of ["SIGINT", "SIGTERM"] as const) {
		process.on(name, () => {
			if (stop.signal.aborted) process.exit(EXIT.notAsked);
			say("Stops, and cancels what it has submitted …");
			stop.abort();
		});
	}
}

/** Asks about a request that does not exist, to learn if the key is good before anything is submitted. */
async function keyRefusal({ get, target, unknownId }: Evidence): Promise<string | null> {
	const answer = await get(`${target.queueUrl}/${MODEL_APP}/requests/${unknownId}/status`);
	if (!answer.ok) return `The queue cannot be asked: ${answer.error}.`;
	return answer.value.status === 401 ? "The queue refuses FAL_API_KEY: 401." : null;
}
