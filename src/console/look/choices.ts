/** What the filter can choose from: the models, and for the owner the issued keys. */

import { effect, type ReadonlySignal, signal } from "@preact/signals";
import type { AccessKeyList, ModelList } from "../api/types.ts";
import { type Session, session } from "../session/session.ts";

export interface Choice {
	readonly id: string;
	readonly name: string;
}

const models = signal<readonly Choice[]>([]);
const keys = signal<readonly Choice[]>([]);

export const modelChoices: ReadonlySignal<readonly Choice[]> = models;
/** Empty for a key that may not see the others. */
export const keyChoices: ReadonlySignal<readonly Choice[]> = keys;

/** The session that they were loaded for. */
let loadedFor: Session | null = null;

/** Loads them once. Without them, the filter has less to choose from. */
export function loadChoices(): void {
	const now = session.value;
	if (now === null || now === loadedFor) return;
	loadedFor = now;
	void loadModels(now);
	if (now.isOwner) void loadKeys(now);
}

async function loadModels({ api }: Session): Promise<void> {
	const answer = await api.ask<ModelList>("/v1/models");
	if (answer.ok) models.value = answer.value.data.map(({ id }) => ({ id, name: id })).toSorted(byName);
}

async function loadKeys({ api }: Session): Promise<void> {
	const answer = await api.ask<AccessKeyList>("/v1/keys");
	if (answer.ok) keys.value = answer.value.data.map(({ id, name }) => ({ id, name: name || id })).toSorted(byName);
}

function byName(a: Choice, b: Choice): number {
	return a.name.localeCompare(b.name);
}

// Another person may have other models and keys.
effect(() => {
	if (session.value !== null) return;
	loadedFor = null;
	models.value = [];
	keys.value = [];
});
