/** The composer's draft: words and choices, kept over reloads. */

import { computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import type { Model } from "../api/types.ts";
import { jobs } from "../jobs/store.ts";
import { toast } from "../parts/toast.tsx";
import { recall, remember } from "../remembered.ts";
import { session } from "../session/session.ts";
import { type Choice, type Choices, type Draft, NO_CHOICES } from "./draft.ts";
import { fitChoices } from "./fit.ts";
import { readKept } from "./kept.ts";
import { firstChoice, MAX_RECENT } from "./models.ts";
import { lookUp, models, today } from "./models-state.ts";
import { type Obstacle, type Operation, obstacleOf, referenceLimits, shownOperationOf } from "./operation.ts";
import { boundReferences, references, sent } from "./references/store.ts";
import { words } from "./words.ts";

const PROMPT = "prompt";
const CHOICES = "choices";
/** Whose words they are. */
const ACCOUNT = "account";
const ofTab = () => sessionStorage;

const kept = readKept(recall(CHOICES));
const text = signal(recall(PROMPT, ofTab) ?? "");
const names = signal<readonly string[]>(kept.recent);
const name = computed(() => names.value[0] ?? null);
const chosen = signal<Choices>(kept.choices);

export const prompt: ReadonlySignal<string> = text;
export const choices: ReadonlySignal<Choices> = chosen;
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
/** What would be sent now; null until the model is known. */
export const draft: ReadonlySignal<Draft | null> = computed(() =>
	model.value === null ? null : { prompt: text.value, model: model.value.id, ...chosen.value, ...sent.value },
);
/** Why the draft cannot be sent. */
export const obstacle: ReadonlySignal<Obstacle | null> = computed(() => {
	if (model.value === null || draft.value === null) return null;
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
	chosen.value = { ...chosen.value, ...changes };
	keep();
}

/** Chooses a model, keeps of the choices what it takes, and says what it does not. */
export function chooseModel(next: Model): void {
	putFirst(next);
	tell(next, adapt(next));
	keep();
}

function putFirst({ id }: Model): void {
	names.value = [id, ...names.peek().filter((one) => one !== id)].slice(0, MAX_RECENT);
}

function tell(next: Model, dropped: readonly Choice[]): void {
	const w = words();
	const names = dropped.map((choice) => w.choices[choice]);
	if (names.length > 0) toast(w.dropped(next.id, names));
}

function adapt(next: Model): readonly Choice[] {
	boundReferences(referenceLimits(next));
	const shown = shownOperationOf(next, sent.peek());
	if (shown === null) return [];
	const fitted = fitChoices(chosen.peek(), shown, next.max_n);
	chosen.value = fitted.choices;
	return fitted.dropped;
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
	chosen.value = settings.choices(next);
	chooseModel(next);
}

/** Sends the draft. Returns what stands against it; null if it is on its way. @param size that the pictures will have; null if nobody can tell */
export function make(size: string | null): Obstacle | null {
	const against = obstacle.peek();
	const now = draft.peek();
	if (against === null && now !== null) jobs.submit(now, size);
	return against;
}

function keep(): void {
	remember(CHOICES, JSON.stringify({ recent: names.value, choices: chosen.value }));
}

// A model that is kept from an earlier visit may be none of the list's.
effect(() => {
	if (models.value.length === 0) return;
	untracked(() => {
		const now = model.peek();
		if (now === null) void begin();
		else adapt(now);
	});
});

async function begin(): Promise<void> {
	const found = name.peek() === null ? null : await lookUp(name.peek() ?? "");
	const first = found?.ok ? found.value : firstChoice(models.peek(), today);
	if (first === null || model.peek() !== null) return;
	putFirst(first);
	adapt(first);
}

// The pictures decide which endpoint draws, and with it what may be asked.
effect(() => {
	const [now, shown] = [model.value, operation.value];
	if (now === null || shown === null) return;
	untracked(() => {
		const fitted = fitChoices(chosen.peek(), shown, now.max_n);
		if (fitted.dropped.length === 0) return;
		chosen.value = fitted.choices;
		tell(now, fitted.dropped);
	});
});

// Whoever signs out takes the words along, and so does whoever was here before the page was loaded for somebody else.
let account = recall(ACCOUNT, ofTab);
let wasSignedIn = false;
effect(() => {
	const next = session.value?.key.account ?? null;
	// The key is not tried yet.
	if (next === null && !wasSignedIn) return;
	wasSignedIn = true;
	if (next === account) return;
	if (account !== null) {
		setPrompt("");
		chosen.value = NO_CHOICES;
	}
	account = next;
	remember(ACCOUNT, next, ofTab);
});
