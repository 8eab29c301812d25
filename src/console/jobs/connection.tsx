/** Says calmly when the gateway is out of reach, and when it is back. */

import { Icon, type IconName } from "../parts/icons.tsx";
import type { Connection } from "./connection-state.ts";
import { connection } from "./network.ts";
import { words } from "./words.ts";
import "./connection.css";

const ICONS: Readonly<Record<Exclude<Connection, "online">, IconName>> = {
	offline: "wifi-off",
	reconnecting: "refresh",
	reconnected: "check",
};

/** The place where it is said. There is one. It is there before something is said, so that a screen reader says it. */
export function ConnectionBanner() {
	const state = connection.value;
	return (
		<div class="watch-connection" role="status">
			{state !== "online" && (
				<div class={`watch-banner watch-banner-${state}`}>
					<Icon name={ICONS[state]} size={18} />
					{words()[state]}
				</div>
			)}
		</div>
	);
}
