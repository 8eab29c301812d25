/** Puts what other rooms show into the composer, and makes it again. */

import { toPath } from "../../api/client.ts";
import type { Job, Model } from "../../api/types.ts";
import { jobs } from "../../jobs/store.ts";
import { newId } from "../../new-id.ts";
import { toast } from "../../parts/toast.tsx";
import { session } from "../../session/session.ts";
import { type Choices, type Draft, NO_CHOICES } from "../draft.ts";
import { choose, chooseModel, fill, focusPrompt, followPicture, model, selectPrompt } from "../draft-state.ts";
import { isRetired } from "../models.ts";
import { lookUp, models, today } from "../models-state.ts";
import { referenceLimits } from "../operation.ts";
import { addFiles, addLink, addMade, reuseInputs, sourceOf } from "../references/adding.ts";
import type { Reference, Source } from "../references/reference.ts";
import { clearReferences, references, setMask } from "../references/store.ts";
import { choicesOf, seedOf } from "./from-job.ts";
import { words } from "./words.ts";

/** A job by its id: `job_…`. */
type Known = Pick<Job, "id">;

/** Adds a picture of a job to the references. Another model is chosen if the chosen one takes none. */
export async function editPicture({ id }: Known, index: number): Promise<void> {
	const editor = editorFor(model.peek());
	if (editor !== null && editor !== model.peek()) {
		chooseModel(editor);
		toast(words().switched(editor.id));
	}
	if ((await addMade({ job: id, index })) !== null) followPicture();
	selectPrompt();
}

function editorFor(chosen: Model | null): Model | null {
	if (chosen !== null && referenceLimits(chosen).max > 0) return chosen;
	return models.peek().find((one) => one.operations.edit !== null && !isRetired(one, today)) ?? chosen;
}

/** Puts all settings of a job into the composer, with its pictures. */
export async function reuse({ id }: Known): Promise<void> {
	const job = await load(id);
	if (job === null) return;
	const { prompt, model: name, seed } = job.request;
	await refill({ prompt, model: name, choices: (found) => choicesOf(job, found, seed) }, () => reuseInputs(job));
	focusPrompt();
}

/** Makes a job once more, and leaves the composer as it is. Without the same seed the pictures are others. */
export async function again({ id }: Known, { sameSeed }: { readonly sameSeed: boolean }): Promise<void> {
	const job = await load(id);
	const draft = job && (await draftOf(job, sameSeed));
	if (job === null || draft === null) return;
	const [{ width = null, height = null } = {}] = job.images;
	jobs.submit(draft, width === null || height === null ? null : `${width}x${height}`);
	toast(words().sentAgain);
}

/** Takes back a request that was refused, with all that it had. Returns false if some of it did not come back. */
export async function mend({ prompt, model: name, references: sent, mask, ...choices }: Draft): Promise<boolean> {
	const areBack = () => references.peek().length === sent.length;
	const isFilled = await refill({ prompt, model: name, choices: () => choices }, async () => {
		clearReferences();
		for (const { name, source } of sent) {
			if (source.kind === "picture") await addMade(source);
			else if (source.kind === "link") await addLink(source.url);
			else await addFiles([new File([source.blob], name)]);
		}
		// It is the first picture's.
		if (mask !== null && areBack()) setMask(mask.png);
	});
	focusPrompt();
	return isFilled && areBack();
}

interface Settings {
	readonly prompt: string;
	readonly model: string;
	readonly choices: (model: Model) => Choices;
}

/**
 * Fills the composer. The model comes first, since it says how many pictures there may be, and the choices last, since the pictures say
 * what can be chosen. Returns false if there is no model.
 * @param bring puts the pictures there
 */
async function refill({ prompt, model: name, choices }: Settings, bring: () => Promise<void>): Promise<boolean> {
	await fill({ prompt, model: name, choices: () => NO_CHOICES });
	await bring();
	const found = model.peek();
	if (found === null) return false;
	choose(choices(found));
	// Says what it does not take.
	chooseModel(found);
	return true;
}

async function draftOf(job: Job, sameSeed: boolean): Promise<Draft | null> {
	const found = await lookUp(job.request.model);
	const choices = choicesOf(job, found.ok ? found.value : null, sameSeed ? seedOf(job) : null);
	const { prompt, model } = job.request;
	const sources = await Promise.all(job.inputs.map(sourceOf));
	const references = job.inputs.flatMap((input, at): Reference[] => {
		const source = sources[at] ?? null;
		return input.role === "image" && source !== null ? [toReference(input, source)] : [];
	});
	const mask = sources[job.inputs.findIndex(({ role }) => role === "mask")] ?? null;
	if (sources.includes(null) || mask?.kind === "link") {
		toast(mask?.kind === "link" ? words().maskElsewhere : words().inputsNotLoaded);
		return null;
	}
	const [first] = references;
	return {
		...choices,
		prompt,
		model,
		references: await linked(references, job),
		mask: mask === null || first === undefined ? null : { png: mask.blob, of: first.id },
	};
}

/** The picture that a job comes from is named as such, so that the chain goes on. It may be gone: then its copy stands for it. */
async function linked(references: readonly Reference[], { derived_from: from }: Job): Promise<readonly Reference[]> {
	const [first, ...others] = references;
	if (from === null || first === undefined) return references;
	const asked = await session.peek()?.api.ask<Job>(`/v1/jobs/${from.job}`);
	const picture = asked?.ok ? asked.value.images.find(({ index }) => index === from.index) : undefined;
	return picture === undefined
		? references
		: [{ ...first, source: { kind: "picture", path: toPath(picture.url), ...from } }, ...others];
}

function toReference({ width, height, bytes }: Job["inputs"][number], source: Source): Reference {
	const size = { width: width ?? 1, height: height ?? 1, bytes: bytes ?? 1 };
	return { id: newId(), name: "", preview: "", ...size, source };
}

async function load(id: string): Promise<Job | null> {
	const asked = await session.peek()?.api.ask<Job>(`/v1/jobs/${id}`);
	if (asked?.ok) return asked.value;
	toast(words().notLoaded);
	return null;
}
