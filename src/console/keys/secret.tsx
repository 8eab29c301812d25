/** Shows a key this once. It closes only by the button that says that the key is saved. */

import { useState } from "preact/hooks";
import { Button } from "../parts/button.tsx";
import { CopyButton } from "../parts/copy.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { words } from "./words.ts";

export function Secret({ secret, onSaved }: { readonly secret: string; readonly onSaved: () => void }) {
	const [isWarned, setWarned] = useState(false);
	const w = words();
	const link = `${location.origin}/#key=${encodeURIComponent(secret)}`;
	return (
		<Dialog title={w.secretTitle} onClose={() => setWarned(true)} width="560px">
			<p>{w.secretText}</p>
			<Shown name={w.secret} text={secret} />
			<Shown name={w.signInLink} text={link} hint={w.signInHint} />
			{isWarned && (
				<p class="keys-warning" role="alert">
					{w.notSaved}
				</p>
			)}
			<div class="dialog-foot">
				<Button look="primary" icon="check" onClick={onSaved}>
					{w.saved}
				</Button>
			</div>
		</Dialog>
	);
}

function Shown({ name, text, hint }: { readonly name: string; readonly text: string; readonly hint?: string }) {
	return (
		<div class="keys-shown">
			<span class="field-label">{name}</span>
			<span class="keys-shown-line">
				<code>{text}</code>
				<CopyButton text={text} name={name} />
			</span>
			{hint !== undefined && <span class="field-hint">{hint}</span>}
		</div>
	);
}
