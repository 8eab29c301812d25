/** The models that the key may use, and those that were looked up by their id. */

import { computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import { err, ok, type Result } from "../../result.ts";
import type { Failure } from "../api/failure.ts";
import type { Model, ModelList } from "../api/types.ts";
import { isOnline } from "../jobs/network.ts";
import { session } from "../session/session.ts";
import { loadAgain } from "./load-again.ts";
import { choosable } from "./models.ts";

const rows = signal<readonly Model[]>([]);
const lookedUp = signal<readonly Model[]>([]);
const failed = signal<Failure | null>(null);

/** The day does not change while a page is looked at: what is retired stays where it is. */
export const today = new Date();

/** Each once, the retired ones last. Empty until they have come. */
export const models: ReadonlySignal<readonly Model[]> = computed(() => [
	...lookedUp.value,
	...choosable(rows.value, today),
]);
/** Why there is no list. */
export const modelsFailure: ReadonlySignal<Failure | null> = failed;

/** Asks for the list again. */
export async function loadModels(): Promise<void> {
	const { value: signedIn } = session;
	if (signedIn === null) return;
	const asked = await signedIn.api.ask<ModelList>("/v1/models");
	if (session.value !== signedIn) return;
	// Until then the word stays that there is no list: it would come and go with each try.
	failed.value = asked.ok ? null : asked.error;
	if (asked.ok) rows.value = asked.value.data;
}

/** Returns the row of any name: that of the model behind it, if it is listed. A name that the list lacks is asked for. */
export async function lookUp(name: string): Promise<Result<Model, Failure>> {
	const known = listed(name);
	if (known !== null) return ok(known);
	const { value: signedIn } = session;
	if (signedIn === null) return err({ kind: "aborted" });
	const path = name.trim().split("/").map(encodeURIComponent).join("/");
	const asked = await signedIn.api.ask<Model>(`/v1/models/${path}`);
	if (!asked.ok) return asked;
	const model = listed(asked.value.canonical_slug) ?? asked.value;
	if (!models.value.includes(model)) lookedUp.value = [model, ...lookedUp.value];
	return ok(model);
}

function listed(name: string): Model | null {
	const wanted = name.trim().toLowerCase();
	const row = [...models.value, ...rows.value].find(({ id }) => id.toLowerCase() === wanted);
	if (row === undefined) return null;
	return models.value.find(({ canonical_slug }) => canonical_slug === row.canonical_slug) ?? row;
}

effect(() => {
	session.value;
	untracked(() => {
		rows.value = [];
		lookedUp.value = [];
		failed.value = null;
		void loadModels();
	});
});
loadAgain(failed, isOnline, loadModels);
