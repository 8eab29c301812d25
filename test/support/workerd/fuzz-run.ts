/** Runs the session of a seed: one request after the other, some of them at once. */

import { oddText, oddValue } from "../../../sim/mutate.ts";
import { below, type Random, randomOf } from "../../../sim/random.ts";
import { DESCRIBED_ROUTES } from "../../../src/reference/described-routes.ts";
import { type Answer, type Sent, send } from "./fuzz-client.ts";
import { mutate } from "./fuzz-mutations.ts";
import { type Memory, makeDraft, namedIn } from "./fuzz-requests.ts";
import { FUZZ, type Session, type Step, sessionOf } from "./fuzz-sessions.ts";
import { sim } from "./gateway.ts";
import { logOf } from "./job-of.ts";

/** A session as it runs. */
export interface Run {
	readonly seed: number;
	readonly session: Session;
	/** In the order of their requests. */
	readonly answers: Answer[];
	/** The Worker's answers to webhooks that fal signed; null for no answer. */
	readonly webhooks: (number | null)[];
	/** Ends when every answer has ended. */
	readonly done: Promise<void>;
}

/** An answer that is waited for holds the next step back no longer. */
const WAIT_MAX_MS = 400;
const STEP_MS = 15;

export function startSession(seed: number): Run {
	const session = sessionOf(seed);
	const answers: Answer[] = [];
	const webhooks: Run["webhooks"] = [];
	const run = async () => {
		const ends: Promise<void>[] = [];
		for (const [index, step] of session.steps.entries()) {
			const random = randomOf(`${seed} ${index} ${step.seed}`);
			const doing =
				step.kind === "webhook"
					? orderWebhook(step, memoryOf(answers), random).then((status) => {
							if (status !== undefined) webhooks.push(status);
						})
					: begin(makeSent(session, index, step, answers, seed, random), step, answers);
			ends.push(doing);
			await Promise.race([doing, scheduler.wait(step.waits ? WAIT_MAX_MS : STEP_MS)]);
		}
		await Promise.all(ends);
	};
	return { seed, session, answers, webhooks, done: run() };
}

function begin(sent: Sent, step: Step, answers: Answer[]): Promise<void> {
	const { answer, done } = send(sent, step);
	answers.push(answer);
	return done;
}

function makeSent(
	{ words }: Session,
	index: number,
	step: Step,
	answers: readonly Answer[],
	seed: number,
	random: Random,
): Sent {
	const { account, mutated } = step;
	const creates = answers.filter(({ sent }) => sent.marker !== null);
	const again = creates.at(-1 - step.of) ?? creates.at(-1);
	if (step.kind === "again" && again !== undefined) return sentAgain(again.sent, random);
	const route = DESCRIBED_ROUTES[step.route % DESCRIBED_ROUTES.length];
	if (route === undefined) throw new Error("there are no routes");
	const marker = route.body === undefined ? null : markerOf(seed, index, account);
	const named = namedIn(memoryOf(answers), step.of, route.path);
	const draft = makeDraft(route, account, `a fox, ${marker} ${wordsOf(words, random)}`, named, random);
	return { draft: mutate(draft, mutated, random), route, account, mutated, marker };
}

function wordsOf(words: string, random: Random): string {
	const own = words.endsWith(FUZZ) ? `${words}${1 + below(2 ** 31 - 2, random)}` : words;
	return `sim:quick ${own} sim:max-side=64`;
}

/** Names the account, so that an answer to another one shows that it leaked. */
function markerOf(seed: number, index: number, account: Step["account"]): string {
	return `prompt-${seed}-${index}-of-${account}`;
}

/** The same request, which some clients declare as sent before. */
function sentAgain(sent: Sent, random: Random): Sent {
	if (random() < 0.5) return sent;
	const headers = [...sent.draft.headers, ["x-stainless-retry-count", "1"] as const];
	return { ...sent, draft: { ...sent.draft, headers } };
}

const LINK = /\/images\/[0-9a-f]{64}\/\d+\.[a-z]+\?exp=\d+&sig=[\w-]+/g;

function memoryOf(answers: readonly Answer[]): Memory {
	return {
		jobs: answers.flatMap(({ headers, sent }) => {
			const id = headers.get("x-job-id");
			return id === undefined || sent.marker === null ? [] : [{ id, madeBy: sent.route.path }];
		}),
		links: linksIn(answers),
	};
}

/** The links that answers hold, each as its path and its query. */
export function linksIn(answers: readonly Answer[]): readonly string[] {
	return answers.flatMap(({ text }) => text.match(LINK) ?? []);
}

/** Lets fal sign a webhook for an earlier job: with its own body, or with any. Returns what the Worker answered; undefined if there is no such job. */
async function orderWebhook({ of }: Step, memory: Memory, random: Random): Promise<number | null | undefined> {
	const { job } = namedIn(memory, of);
	if (job === null) return undefined;
	const log = await logOf(job).catch(() => []);
	const requestId = log.flatMap((event) => (event.type === "submitted" ? [event.requestId] : [])).at(-1);
	if (requestId === undefined) return undefined;
	const order = {
		forged: random() < 0.1,
		...(random() < 0.5 ? {} : { body: oddPayload(requestId, random) }),
		...(random() < 0.8
			? {}
			: {
					requestId: oddText(random, 500).replace(/[^\x21-\x7e]/g, "?"),
				}),
		...(random() < 0.9 ? {} : { timestamp: below(2 ** 32, random) }),
	};
	const response = await sim(`/requests/${encodeURIComponent(requestId)}/webhook`, {
		method: "POST",
		body: JSON.stringify(order),
	});
	if (!response.ok) return undefined;
	const { status }: { status: number | null } = await response.json();
	return status;
}

function oddPayload(request_id: string, random: Random): unknown {
	switch (below(4, random)) {
		case 0:
			return oddValue(random);
		case 1:
			return { request_id, status: "OK", payload: oddValue(random) };
		case 2:
			return { request_id, status: "ERROR", error: oddValue(random), payload: oddValue(random) };
		default:
			return { request_id, status: "OK", payload: { images: [oddValue(random), { url: oddValue(random) }] } };
	}
}
