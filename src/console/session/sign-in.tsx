/** Asks for the access key, and says what is wrong: with the key, with the connection, or with the gateway itself. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Failure } from "../api/failure.ts";
import { Button, IconButton } from "../parts/button.tsx";
import { CopyButton } from "../parts/copy.tsx";
import { Field } from "../parts/field.tsx";
import { absent, checkGateway, isSigningIn, keptKey, signIn, signInAgain } from "./session.ts";
import "./sign-in.css";
import { words } from "./words.ts";

const SHOWN = { type: "text" } as const;
const PRIMARY = { look: "primary" } as const;
const HIDDEN = { type: "password" } as const;

export function SignIn() {
	const typed = useSignal("");
	const isShown = useSignal(false);
	const isRemembered = useSignal(false);
	useEffect(() => {
		if (absent.value.kind === "signed_out") void checkGateway();
	}, []);
	const w = words();
	const why = absent.value;
	const problem = why.kind === "expired" ? w.expired : why.kind === "failed" ? explain(why.failure) : null;
	const isUnready =
		why.kind === "failed" && why.failure.kind === "refused" && why.failure.code === "configuration_error";
	const kept = why.kind === "failed" && mayPass(why.failure) ? keptKey() : null;
	/** True if another key would not help. */
	const isElsewhere = isUnready || kept !== null;

	return (
		<div class="session">
			<form
				class="session-card"
				onSubmit={(event) => {
					event.preventDefault();
					if (typed.value.trim() !== "") void signIn(typed.value, { isRemembered: isRemembered.value });
				}}
			>
				<h1>{w.title}</h1>
				<p class="muted">{w.lead}</p>
				{isElsewhere && problem !== null && (
					<div class="session-unready" role="alert">
						{isUnready && <p>{w.unready}</p>}
						<p>{problem}</p>
					</div>
				)}
				{isElsewhere && (
					<Button
						look="primary"
						aria-disabled={isSigningIn.value}
						onClick={() => void (kept === null ? checkGateway() : signInAgain(kept))}
					>
						{isSigningIn.value ? w.signingIn : w.retry}
					</Button>
				)}
				<Field label={w.key} hint={w.keyHint} error={isElsewhere ? null : problem}>
					{(wiring) => (
						<div class="session-key">
							<input
								{...wiring}
								class="input"
								{...(isShown.value ? SHOWN : HIDDEN)}
								autoComplete="current-password"
								autoCapitalize="none"
								spellcheck={false}
								required
								value={typed.value}
								onInput={({ currentTarget }) => {
									typed.value = currentTarget.value;
								}}
							/>
							<IconButton
								icon="eye"
								name={isShown.value ? w.hide : w.show}
								aria-pressed={isShown.value}
								onClick={() => {
									isShown.value = !isShown.value;
								}}
							/>
						</div>
					)}
				</Field>
				<label class="session-remember">
					<input
						type="checkbox"
						checked={isRemembered.value}
						onChange={({ currentTarget }) => {
							isRemembered.value = currentTarget.checked;
						}}
					/>
					<span>
						{w.remember}
						<span class="field-hint">{w.rememberHint}</span>
					</span>
				</label>
				<Button type="submit" {...(isElsewhere ? {} : PRIMARY)} aria-disabled={isSigningIn.value}>
					{isSigningIn.value && !isElsewhere ? w.signingIn : w.signIn}
				</Button>
				<p class="field-hint">{w.where}</p>
				<div class="session-base">
					<span class="field-hint">{w.baseUrl}</span>
					<code>{location.origin}/v1</code>
					<CopyButton text={`${location.origin}/v1`} name={w.baseUrl} />
				</div>
				<a href="/docs/">{w.reference}</a>
			</form>
		</div>
	);
}

/** False for a key that the gateway does not know. */
function mayPass(failure: Failure): boolean {
	return failure.kind !== "refused" || failure.status !== 401;
}

function explain(failure: Failure): string {
	const w = words();
	if (failure.kind !== "refused") return w.unreachable;
	if (failure.status === 401) return w.wrongKey;
	if (failure.code === "configuration_error") return failure.message;
	return failure.message === "" ? w.unreachable : w.refused(failure.message);
}
