/** Shows what to type into a client, ready to copy. */

import { useEffect, useRef } from "preact/hooks";
import type { Api } from "../api/client.ts";
import { language } from "../language.ts";
import { CopyButton } from "../parts/copy.tsx";
import { type Client, fill, maskKey } from "./client.ts";
import { ImportLink } from "./import-link.tsx";
import { TryIt } from "./try-it.tsx";
import { words } from "./words.ts";

interface ClientSettingsProps {
	readonly api: Api;
	readonly client: Client;
	readonly secret: string;
	/** A model that the key may use. */
	readonly model: string;
	/** True shows the key. It is copied either way. */
	readonly isShown: boolean;
}

export function ClientSettings({ api, client, secret, model, isShown }: ClientSettingsProps) {
	const { name, where, fields, blocks, notes, first } = client;
	const said = language.value;
	const w = words();
	const heading = useRef<HTMLHeadingElement>(null);
	const shownFirst = useRef(client.id);
	const { origin } = location;
	// Move the focus to the settings of another client that is chosen: on a phone they are below the choice.
	useEffect(() => {
		if (shownFirst.current !== client.id) heading.current?.focus();
		shownFirst.current = client.id;
	}, [client.id]);
	const real = (text: string) => fill(text, { origin, key: secret, model });
	const shown = (text: string) => fill(text, { origin, key: isShown ? secret : maskKey(secret), model });
	return (
		<section class="card connect-card" aria-label={w.settingsOf(name)}>
			<header>
				<h2 ref={heading} tabIndex={-1}>
					{name}
				</h2>
				{where !== null && <p class="muted">{w.find(where[said])}</p>}
			</header>
			{fields.length > 0 && (
				<dl class="connect-fields">
					{fields.map(({ label, value }) => (
						<Copied key={label.en} label={label[said]} shown={shown(value)} copied={real(value)} />
					))}
				</dl>
			)}
			{first.kind === "manifest" && <ImportLink api={api} />}
			{blocks.map(({ title, text }) => (
				<figure key={title.en} class="connect-block">
					<figcaption>
						<span class="field-label">{title[said]}</span>
						<CopyButton text={real(text)} name={title[said]} />
					</figcaption>
					<pre>
						<code>{shown(text)}</code>
					</pre>
				</figure>
			))}
			{notes.length > 0 && (
				<div>
					<h3 class="field-label">{w.notes}</h3>
					<ul class="connect-notes">
						{notes.map((note) => (
							<li key={note.en}>{note[said]}</li>
						))}
					</ul>
				</div>
			)}
			<TryIt key={client.id} api={api} first={first} model={model} />
		</section>
	);
}

interface CopiedProps {
	readonly label: string;
	readonly shown: string;
	readonly copied: string;
}

export function Copied({ label, shown, copied }: CopiedProps) {
	return (
		<div>
			<dt class="field-label">{label}</dt>
			<dd>
				<code>{shown}</code>
				<CopyButton text={copied} name={label} />
			</dd>
		</div>
	);
}
