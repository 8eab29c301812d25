/** Shows a ZIP that is made while the selection does not, and the pictures that it does not have. */

import { Dialog } from "../../parts/dialog.tsx";
import { formatBytes } from "../../words.ts";
import { Going } from "../going.tsx";
import { isSelecting } from "../selected.ts";
import { words } from "../selection-words.ts";
import { forgetLost, stopZip, zipLost, zipping } from "./zipping.ts";
import "./zip.css";

export function ZipState() {
	const w = words();
	const lost = zipLost.value;
	return (
		<>
			{!isSelecting.value && zipping.value !== null && (
				<div class="zip-state">
					<ZipGoing />
				</div>
			)}
			{lost.length > 0 && (
				<Dialog title={w.zipLost(lost.length)} onClose={forgetLost}>
					<p>{w.zipLostHint}</p>
					<ul class="zip-lost">
						{lost.map((name) => (
							<li key={name}>{name}</li>
						))}
					</ul>
				</Dialog>
			)}
		</>
	);
}

/** Shows the progress, and a button that stops it. */
export function ZipGoing() {
	const w = words();
	const now = zipping.value;
	if (now === null) return null;
	return (
		<Going
			text={w.zipping(now.done, now.total, formatBytes(now.bytes))}
			name={w.zip}
			done={now.done}
			total={now.total}
			stop={w.cancel}
			onStop={stopZip}
		/>
	);
}
