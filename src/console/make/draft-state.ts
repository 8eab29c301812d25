/** The composer's draft: words and choices, kept over reloads. */

import { batch, computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import type { Model } from "../api/types.ts";
import { jobs } from "../jobs/store.ts";
import { toast } from "../parts/toast.tsx";
import { recall, remember } from "../remembered.ts";
import { absent, session } from "../session/session.ts";
import { type Choice, type Choices, type Draft, NO_CHOICES } from "./draft.ts";
import { type Fitted, fitChoices, keepChoices } from "./fit.ts";
import { readKept, readKeptWords } from "./kept.ts";
import { firstChoice, MAX_RECENT } from "./models.ts";
import { lookUp, models, today } from "./models-state.ts";
import { type Obstacle, type Operation, obstacleOf, referenceLimits, shownOperationOf } from "./operation.ts";
import { arriving, boundReferences, isRestoring, references, sent } from "./references/store.ts";
import { beginEdit, chosenIn, endEdit, type Wish, withChoices } from "./wish.ts";
import { words } from "./words.ts";

const PROMPT = "prompt";
const CHOICES = "choices";
const CHOSEN_WORDS = "words";
/** Whose words they are. */
const ACCOUNT = "account";
const ofTab = () => sessionStorage;

const kept = readKept(recall(CHOICES));
const { ofEdit, ...keptWords } = readKeptWords(recall(CHOSEN_WORDS, ofTab));
const text = signal(recall(PROMPT, ofTab) ?? "");
const names = signal<readonly string[]>(kept.recent);
const name = computed(() => names.value[0] ?? null);
const wish = signal<Wish>({ choices: { ...kept.choices, ...keptWords }, ofEdit });

export const prompt: ReadonlySignal<string> = text;
/** The chosen model; null until its row has come. */
export const model: ReadonlySignal<Model | null> = computed(
	() => models.value.find(({ id }) => id === name.value) ?? null,
);
/** The ids of the models that were chosen last, the newest first. */
export const recent: ReadonlySignal<readonly string[]> = names;
/** What the draft may ask of the model. */
export const operation: ReadonlySignal<Operation | null> = computed(() =>
	model.value === null ? null : shownOperationOf(model.value, sent.value),
);
const fitted: ReadonlySignal<Fitted> = computed(() => {
	const chosen = chosenIn(wish.value);
	const [now, shown] = [model.value, operation.value];
	return now === null || shown === null ? { choices: chosen, dropped: [] } : fitChoices(chosen, shown, now.max_n);
});
/** What is chosen, as far as it can be asked for now. */
export const choices: ReadonlySignal<Choices> = computed(() => fitted.value.choices);
/** What would be sent now; null until the model is known. */
export const draft: ReadonlySignal<Draft | null> = computed(() =>
	model.value === null ? null : { prompt: text.value, model: model.value.id, ...choices.value, ...sent.value },
);
/** Why the draft cannot be sent. */
export const obstacle: ReadonlySignal<Obstacle | null> = computed(() => {
	if (model.value === null || draft.value === null) return null;
	// Without them another picture would be made, and paid.
	if (arriving.value > 0) return { kind: "pictures_arriving" };
	// Pictures that the model does not take are not sent: a job without any of them is not what was meant.
	if (references.value.length > 0 && sent.value.references.length === 0) return { kind: "takes_no_pictures" };
	return obstacleOf(model.value, draft.value);
});

/** Counts up whenever the prompt is to get the focus. */
const asked = signal({ times: 0, isSelected: false });
export const focusAsked: ReadonlySignal<{ readonly times: number; readonly isSelected: boolean }> = asked;

export function focusPrompt(): void {
	asked.value = { times: asked.peek().times + 1, isSelected: false };
}

/** Gives the prompt the focus, and selects its words: they were about something else, and the next letter takes their place. */
export function selectPrompt(): void {
	asked.value = { times: asked.peek().times + 1, isSelected: true };
}

export function setPrompt(next: string): void {
	text.value = next;
	remember(PROMPT, next === "" ? null : next, ofTab);
}

export function choose(changes: Partial<Choices>): void {
	put(withChoices(wish.value, changes));
}

/** Gives the next picture the shape of the one that is edited, until another one is chosen. */
export function followPicture(): void {
	put(beginEdit(wish.value));
}

/** Chooses a model, keeps of the choices what it takes, and says what it does not. */
export function chooseModel(next: Model): void {
	// Inputs of one model mean nothing to another.
	const others = next.id === name.peek() ? [] : (["fal"] as const).filter((one) => wish.peek().choices[one] !== null);
	if (others.length > 0) choose({ fal: null });
	tell(next, [...take(next), ...others]);
}

function putFirst({ id }: Model): void {
	names.value = [id, ...names.peek().filter((one) => one !== id)].slice(0, MAX_RECENT);
}

function tell({ id }: Model, dropped: readonly Choice[], say = words().dropped): void {
	const w = words();
	const names = dropped.map((choice) => w.choices[choice]);
	if (names.length > 0) toast(say(id, names));
}

/** Returns what the model does not take. */
function take(next: Model): readonly Choice[] {
	const before = chosenIn(wish.peek());
	batch(() => {
		putFirst(next);
		boundReferences(referenceLimits(next));
		const { choices: all, ofEdit } = wish.peek();
		put({ choices: keepChoices(all, next), ofEdit });
	});
	const shown = operation.peek();
	return shown === null ? [] : fitChoices(before, shown, next.max_n).dropped;
}

/** Fills the composer. A model that is not there leaves the one that is chosen. */
export async function fill(settings: {
	readonly prompt: string;
	readonly model: string;
	readonly choices: (model: Model) => Choices;
}): Promise<void> {
	setPrompt(settings.prompt);
	const found = await lookUp(settings.model);
	const next = found.ok ? found.value : model.peek();
	if (!found.ok) toast(words().modelIsGone(settings.model));
	if (next === null) return;
	wish.value = { choices: settings.choices(next), ofEdit: null };
	tell(next, take(next));
}

/** Sends the draft. Returns what stands against it; null if it is on its way. @param size that the pictures will have; null if nobody can tell */
export function make(size: string | null): Obstacle | null {
	const against = obstacle.peek();
	const now = draft.peek();
	if (against === null && now !== null) jobs.submit(now, size);
	return against;
}

function put(next: Wish): void {
	wish.value = next;
	const { negativePrompt, fal, ...others } = next.choices;
	remember(CHOICES, JSON.stringify({ recent: names.value, choices: others }));
	remember(CHOSEN_WORDS, JSON.stringify({ negativePrompt, fal, ofEdit: next.ofEdit }), ofTab);
}

// A model that is kept from an earlier visit may be none of the list's.
effect(() => {
	if (models.value.length === 0) return;
	untracked(() => {
		const now = model.peek();
		if (now === null) void begin();
		else take(now);
	});
});

async function begin(): Promise<void> {
	const found = name.peek() === null ? null : await lookUp(name.peek() ?? "");
	const first = found?.ok ? found.value : firstChoice(models.peek(), today);
	if (first === null || model.peek() !== null) return;
	take(first);
}

// The pictures decide which endpoint draws, and with it what may be asked. What it lacks is told once.
let before = { model: model.peek(), operation: operation.peek(), dropped: fitted.peek().dropped };
effect(() => {
	const now = { model: model.value, operation: operation.value, dropped: fitted.value.dropped };
	const { model: of, dropped, operation: shown } = before;
	before = now;
	if (now.model === null || now.model !== of || now.operation === shown || isRestoring) return;
	const names = now.dropped.filter((choice) => !dropped.includes(choice));
	const { model: next } = now;
	untracked(() => tell(next, names, words().unsent));
});

// An edit ends with its last picture.
let hadPictures = false;
effect(() => {
	const hasPictures = references.value.length > 0;
	const isOver = hadPictures && !hasPictures;
	hadPictures = hasPictures;
	if (isOver) untracked(() => put(endEdit(wish.value)));
});

// Whoever signs out takes the words along, and so does whoever was here before the page was loaded for somebody else.
let account = recall(ACCOUNT, ofTab);
let wasSignedIn = false;
effect(() => {
	const next = session.value?.key.account ?? null;
	// The key is not tried yet.
	if (next === null && !wasSignedIn) return;
	wasSignedIn = true;
	// A key that ended leaves them to the next one of its account.
	if (next === account || (next === null && absent.peek().kind === "expired")) return;
	if (account !== null) {
		setPrompt("");
		put({ choices: NO_CHOICES, ofEdit: null });
	}
	account = next;
	remember(ACCOUNT, next, ofTab);
});
