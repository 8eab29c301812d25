/** The view that connects clients: the address, the key, and the settings of each client. */

import { useState } from "preact/hooks";
import { ok } from "../../result.ts";
import type { Api } from "../api/client.ts";
import type { Model } from "../api/types.ts";
import { IconButton } from "../parts/button.tsx";
import { CopyButton } from "../parts/copy.tsx";
import { useLoaded } from "../parts/use-loaded.ts";
import { route } from "../router.ts";
import { type Session, session } from "../session/session.ts";
import { maskKey, USUAL_MODEL } from "./client.ts";
import { ClientSettings, Copied } from "./client-settings.tsx";
import { CLIENTS } from "./clients.ts";
import "../parts/page.css";
import "./connect.css";
import { words } from "./words.ts";

export function Connect() {
	const signedIn = session.value;
	return signedIn === null ? null : <ConnectOf key={signedIn.secret} session={signedIn} />;
}

function ConnectOf({ session: { api, secret, isOwner, key } }: { readonly session: Session }) {
	const [isShown, setShown] = useState(false);
	const allowed = key.limits?.models ?? null;
	const model = useModel(api, allowed);
	const [asked] = route.value.rest;
	const client = CLIENTS.find(({ id }) => id === asked) ?? CLIENTS[0];
	const w = words();
	const base = `${location.origin}/v1`;
	return (
		<div class="page connect">
			<header>
				<h1>{w.title}</h1>
				<p class="muted">{w.lead}</p>
			</header>
			<section class="card connect-card" aria-label={w.basics}>
				<dl class="connect-fields">
					<Copied label={w.baseUrl} shown={base} copied={base} />
					<Copied label={w.shortUrl} shown={location.origin} copied={location.origin} />
					<div>
						<dt class="field-label">{w.key}</dt>
						<dd>
							<code>{isShown ? secret : maskKey(secret)}</code>
							<IconButton
								icon="eye"
								name={isShown ? w.hide : w.show}
								aria-pressed={isShown}
								onClick={() => setShown(!isShown)}
							/>
							<CopyButton text={secret} name={w.key} />
						</dd>
					</div>
					<Copied label={w.model} shown={model} copied={model} />
				</dl>
				{allowed !== null && allowed.length > 1 && <p class="field-hint">{w.allowed(allowed.join(", "))}</p>}
				{isLocal(location.hostname) && <p class="field-hint">{w.httpOnly}</p>}
				{isOwner && (
					<p class="field-hint">
						{w.own} <a href="#/keys">{w.toKeys}</a>
					</p>
				)}
			</section>
			<nav class="connect-clients" aria-label={w.clients}>
				{CLIENTS.map(({ id, name }) => (
					<a key={id} href={`#/connect/${id}`} {...(id === client?.id ? { "aria-current": "true" } : {})}>
						{name}
					</a>
				))}
			</nav>
			{client !== undefined && (
				<ClientSettings api={api} client={client} secret={secret} model={model} isShown={isShown} />
			)}
			<p class="field-hint">
				<a href="/docs/">{w.reference}</a>
			</p>
		</div>
	);
}

/** The usual model, unless the key is limited to others. */
function useModel(api: Api, allowed: readonly string[] | null): string {
	const usual = useLoaded(
		(signal) =>
			allowed === null ? Promise.resolve(ok(null)) : api.ask<Model | null>(`/v1/models/${USUAL_MODEL}`, { signal }),
		[api, allowed],
	);
	return usual.failure === null ? USUAL_MODEL : (allowed?.[0] ?? USUAL_MODEL);
}

/** True for an address that nobody outside of this network can reach. */
function isLocal(host: string): boolean {
	return host === "localhost" || host.endsWith(".local") || /^(?:127|10|192\.168)\./.test(host) || host === "[::1]";
}
