/** Requests in some state when their gateway is killed, and checks of their outcome. */
import { decode } from "fast-png";
import { expect } from "vitest";
import { eventually } from "../eventually.ts";
import { type Line, openChat, type Reading, resumeChat, startUnwatched, viewJob } from "./chat-client.ts";
import type { Address } from "./gateway.ts";
import { fetchBytes } from "./openai-client.ts";
import { aPrompt, callsOf, steer } from "./simulator.ts";

/** A request of a client. Its prompt identifies it at fal. */
export interface Case {
	readonly prompt: string;
	readonly gateway: Address;
	readonly job: string;
}

/** A request whose client reads a stream. */
export interface WatchedCase extends Case {
	readonly reading: Reading;
}

/** A state to kill the gateway in. */
export interface State<C extends Case> {
	/** Words for the simulator. */
	readonly words: string;
	/** Brings the request to this state. */
	readonly reach: (one: C) => Promise<unknown>;
	/** Moves fal while the gateway is down. */
	readonly whileDown?: (one: C) => Promise<unknown>;
}

export interface WatchedState extends State<WatchedCase> {
	/** Moves fal when the client is back and reads `resumed`. */
	readonly afterResume?: (one: WatchedCase, resumed: Reading) => Promise<unknown>;
}

export const QUEUED = "Queued";
export const RUNNING = "Generating\n";

/** Paths of calls to fal. */
export const FILE = /^\/files\//;
export const RESULT = /\/requests\/[^/?]+$/;
const STATUS = /\/status\?/;

export const PICTURE_LINK = /!\[Generated Image\]\(([^)]+)\)/g;

export function startRun(one: Case) {
	return steer(one, "advance", { to: "IN_PROGRESS" });
}
export function finish(one: Case) {
	return steer(one, "advance", { to: "COMPLETED" });
}

/** Waits until the simulator has answered a call to a matching path. */
export function waitForCall({ gateway, prompt }: Case, path: RegExp, status?: number) {
	return eventually(
		() => callsOf(gateway, prompt),
		(calls) => calls.some((call) => path.test(call.path) && (status === undefined || call.status === status)),
	);
}

export function reachQueue({ reading }: WatchedCase) {
	return reading.waitFor(QUEUED);
}
export async function reachRun(one: WatchedCase) {
	await reachQueue(one);
	await startRun(one);
	await one.reading.waitFor(RUNNING);
}

/** Brings a job that nobody watches to its run. Only its calls to fal show that. */
export async function reachUnwatchedRun(one: Case) {
	await startRun(one);
	await waitForCall(one, STATUS);
}

export async function beginWatched(gateway: Address, { words }: WatchedState): Promise<WatchedCase> {
	const prompt = aPrompt(words);
	const reading = await openChat(gateway, prompt);
	return { prompt, gateway, reading, job: reading.job };
}

export async function beginUnwatched(gateway: Address, { words }: State<Case>): Promise<Case> {
	const prompt = aPrompt(words);
	return { prompt, gateway, job: await startUnwatched(gateway, prompt) };
}

/** Requests in their states, found by the states' names. */
export interface Reached<C extends Case> {
	readonly of: (name: string) => C;
	readonly whileDown: () => Promise<unknown>;
}

/** Begins one request for each state, and brings each to its state. */
export async function reachAll<S extends State<C>, C extends Case>(
	states: Readonly<Record<string, S>>,
	begin: (state: S) => Promise<C>,
): Promise<Reached<C>> {
	const cases = new Map<string, C>();
	await Promise.all(
		Object.entries(states).map(async ([name, state]) => {
			const one = await begin(state);
			cases.set(name, one);
			await state.reach(one);
		}),
	);
	const of = (name: string): C => {
		const one = cases.get(name);
		if (one === undefined) throw new Error(`${name} was not begun`);
		return one;
	};
	const whileDown = () => Promise.all(Object.entries(states).map(([name, state]) => state.whileDown?.(of(name))));
	return { of, whileDown };
}

/** Resumes behind the client's last line. Expects that it then has every line of an uncut stream, once. */
export async function expectWholeStream(
	one: WatchedCase,
	afterResume?: WatchedState["afterResume"],
): Promise<readonly Line[]> {
	const { gateway, job, reading } = one;
	await reading.ended;
	const resumed = await resumeChat(gateway, job, reading.lines.at(-1)?.sequence_number);
	await afterResume?.(one, resumed);
	expect(await resumed.ended).toBe("done");
	const uncut = await resumeChat(gateway, job);
	expect(await uncut.ended).toBe("done");
	const lines = [...reading.lines, ...resumed.lines];
	expect(lines).toEqual(uncut.lines);
	expectNumbered(lines);
	return lines;
}

/** Expects sequence numbers without a gap and without a repetition. */
export function expectNumbered(lines: readonly Line[]): void {
	expect(lines.map(({ sequence_number }) => sequence_number)).toEqual(lines.map((_, index) => index));
}

/** Expects one picture, with the bytes that fal made, for one submit. Returns the picture's link. */
export async function expectPicture({ gateway, prompt, job }: Case): Promise<string | undefined> {
	const { status, images, fal_requests } = await viewJob(gateway, job);
	expect([status, images.length, fal_requests.length]).toEqual(["succeeded", 1, 1]);
	const bytes = await fetchBytes(images[0]?.url ?? "");
	expect(decode(bytes, { checkCrc: true }).width).toBe(128);
	const calls = await callsOf(gateway, prompt);
	const file = calls.find(({ path }) => FILE.test(path))?.path.replace(/&fault=\w+/, "");
	expect(Buffer.from(bytes).equals(await fetchBytes(`${gateway.simUrl}${file}`))).toBe(true);
	expect(calls.filter(({ method }) => method === "POST")).toHaveLength(1);
	return images[0]?.url;
}

/** Waits for the picture's file to be fetched, and then expects it. Until then it asks fal's CDN only, since asking for the job would wake it. */
export async function expectPictureWithoutReader(one: Case): Promise<void> {
	await waitForCall(one, FILE, 200);
	await waitUntilStored(one);
	await expectPicture(one);
}

export function waitUntilStored({ gateway, job }: Case) {
	return eventually(
		() => viewJob(gateway, job),
		({ status }) => status !== "storing",
	);
}
