/** What can be done with a picture and its job. */

import { toPath } from "../../api/client.ts";
import type { Job, ListedJob, Picture } from "../../api/types.ts";
import { isWhole } from "../../jobs/entry.ts";
import { composer } from "../../make/composer-state.ts";
import { addMade } from "../../make/references/adding.ts";
import { editPart } from "../../make/references/paint-mask.ts";
import { Button } from "../../parts/button.tsx";
import { copyText } from "../../parts/copy.tsx";
import { Menu, type MenuEntry } from "../../parts/menu.tsx";
import { toast } from "../../parts/toast.tsx";
import { go } from "../../router.ts";
import { compareAddress, leave } from "../over.ts";
import { toFileNames } from "../zip/names.ts";
import type { Place } from "./address.ts";
import { toMarkdown } from "./markdown.ts";
import { words } from "./words.ts";

interface ActionsProps {
	readonly job: Job | ListedJob;
	readonly picture: Picture | null;
	readonly onDelete: () => void;
}

export function Actions({ job, picture, onDelete }: ActionsProps) {
	const w = words();
	const { id } = job;
	return (
		<div class="view-actions">
			{picture !== null && (
				<>
					<Button
						look="primary"
						icon="pencil"
						onClick={() => inComposer(() => composer.editPicture(job, picture.index))}
					>
						{w.edit}
					</Button>
					<Button icon="brush" onClick={() => inComposer(() => editPart({ job: id, index: picture.index }))}>
						{w.editPart}
					</Button>
				</>
			)}
			<Button icon="refresh" onClick={() => composer.again(job, { sameSeed: false })}>
				{w.again}
			</Button>
			<Menu name={w.actions} entries={entriesOf(job, picture, onDelete)} />
		</div>
	);
}

/** The composer lies under this view. */
async function inComposer(act: () => Promise<void>): Promise<void> {
	await leave("elsewhere");
	await act();
}

function entriesOf(job: Job | ListedJob, picture: Picture | null, onDelete: () => void): readonly MenuEntry[] {
	const w = words();
	return [
		...(picture === null ? [] : ofPicture(job, picture)),
		...comparisonOf(job, picture),
		...(isWhole(job) && job.request.seed_sent === null
			? []
			: [{ name: w.sameSeed, icon: "refresh" as const, onChoose: () => composer.again(job, { sameSeed: true }) }]),
		{ name: w.reuse, icon: "settings", onChoose: () => inComposer(() => composer.reuse(job)) },
		{ name: w.delete, icon: "trash", isDanger: true, onChoose: onDelete },
	];
}

/** The view stays, so that more can follow. */
async function addReference(job: string, index: number): Promise<void> {
	if ((await addMade({ job, index })) !== null) toast(words().addedReference);
}

function ofPicture(job: Job | ListedJob, picture: Picture): readonly MenuEntry[] {
	const w = words();
	const { url, index } = picture;
	return [
		{ name: w.asReference, icon: "image", onChoose: () => addReference(job.id, index) },
		{ name: w.download, icon: "download", onChoose: () => download(job, picture) },
		{ name: w.copyLink, icon: "link", onChoose: () => copy(url) },
		{ name: w.copyMarkdown, icon: "copy", onChoose: () => copy(toMarkdown(job.request.prompt, url)) },
		{ name: w.original, icon: "external", onChoose: () => window.open(toPath(url), "_blank", "noreferrer") },
	];
}

function comparisonOf(job: Job | ListedJob, picture: Picture | null): readonly MenuEntry[] {
	const w = words();
	if (picture === null) return [];
	const shown = { job: job.id, index: picture.index };
	const { derived_from: source, images } = job;
	const at = images.findIndex(({ index }) => index === picture.index);
	const other = images[(at + 1) % images.length];
	const compare = (name: string, left: Place, right: Place): MenuEntry => ({
		name,
		icon: "compare",
		onChoose: () => go(compareAddress(left, right)),
	});
	return [
		...(source === null ? [] : [compare(w.compareSource, source, shown)]),
		...(images.length < 2 || other === undefined
			? []
			: [compare(w.compareOther, shown, { job: job.id, index: other.index })]),
	];
}

async function copy(text: string): Promise<void> {
	const w = words();
	toast((await copyText(text)) ? w.copied : w.notCopied);
}

function download({ created_at, request }: Job | ListedJob, { index, content_type, url }: Picture): void {
	const [name = ""] = toFileNames([
		{ createdAt: created_at, prompt: request.prompt, index, contentType: content_type },
	]);
	const link = document.createElement("a");
	link.href = toPath(url);
	link.download = name;
	link.click();
}
