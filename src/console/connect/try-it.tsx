/** The button that sends what a client sends first, and says what came back. */

import { useState } from "preact/hooks";
import type { Api } from "../api/client.ts";
import { Button } from "../parts/button.tsx";
import { explainFailure } from "../parts/problem.tsx";
import { formatNumber } from "../words.ts";
import type { FirstRequest } from "./client.ts";
import { readSaid, type Said, toRequest } from "./first-request.ts";
import { words } from "./words.ts";

type Tried =
	| { readonly is: "good"; readonly said: Said; readonly ms: number }
	/** A greeting that was drawn: the gateway is not as this page knows it. */
	| { readonly is: "picture" }
	| { readonly is: "bad"; readonly why: string };

interface TryItProps {
	readonly api: Api;
	readonly first: FirstRequest;
	readonly model: string;
}

export function TryIt({ api, first, model }: TryItProps) {
	const [isBusy, setBusy] = useState(false);
	const [tried, setTried] = useState<Tried | null>(null);
	const w = words();
	const { method, path } = toRequest(first, model);

	async function attempt(): Promise<void> {
		setBusy(true);
		setTried(null);
		setTried(await send(api, first, model));
		setBusy(false);
	}

	return (
		<div class="connect-try">
			<Button look="primary" icon="plug" aria-disabled={isBusy} onClick={() => !isBusy && void attempt()}>
				{isBusy ? w.trying : w.tryIt}
			</Button>
			<span class="field-hint">{w.tryHint(`${method} ${path}`)}</span>
			<div role="status" class="connect-tried">
				{tried !== null && <Outcome tried={tried} />}
			</div>
		</div>
	);
}

function Outcome({ tried }: { readonly tried: Tried }) {
	const w = words();
	if (tried.is === "picture") return <p class="connect-bad">{w.madePicture}</p>;
	if (tried.is === "bad")
		return (
			<p class="connect-bad">
				<strong>{w.fails}</strong> {tried.why}
			</p>
		);
	return (
		<p class="connect-good">
			<strong>{w.works}</strong> {sayWhat(tried.said)} {w.took(formatNumber(tried.ms))}
		</p>
	);
}

async function send(api: Api, first: FirstRequest, model: string): Promise<Tried> {
	const { method, path, body } = toRequest(first, model);
	const begun = performance.now();
	const opened = await api.open(path, { method, ...(body === null ? {} : { body }) });
	if (!opened.ok) return { is: "bad", why: explainFailure(opened.error) };
	if (opened.value.headers.get("x-job-id") !== null) return { is: "picture" };
	const text = await opened.value.text().catch(() => "");
	const said = readSaid(first, text);
	if (said === null) return { is: "bad", why: words().notUnderstood };
	return { is: "good", said, ms: Math.round(performance.now() - begun) };
}

function sayWhat(said: Said): string {
	const w = words();
	switch (said.kind) {
		case "models":
			return w.saidModels(formatNumber(said.count));
		case "manifest":
			return w.saidManifest(said.provider);
		case "reply":
			return w.saidReply(firstLine(said.text));
	}
}

/** The answer to a greeting has more lines, which say what to type. */
function firstLine(text: string): string {
	return text.trim().split("\n")[0] ?? "";
}
