/** A button that opens a list of actions. */

import type { ComponentChildren } from "preact";
import { useId, useRef, useState } from "preact/hooks";
import { Icon, type IconName } from "./icons.tsx";
import { place } from "./place.ts";

export interface MenuEntry {
	readonly name: string;
	readonly icon?: IconName;
	readonly onChoose: () => void;
	readonly isDanger?: boolean;
	/** Of a choice between entries. Absent: the entry is an action. */
	readonly isChosen?: boolean;
}

interface MenuProps {
	/** What the button opens. */
	readonly name: string;
	readonly icon?: IconName;
	/** Shown in the button beside its icon. Absent: the icon stands alone. */
	readonly children?: ComponentChildren;
	readonly entries: readonly MenuEntry[];
	readonly class?: string;
}

export function Menu({ name, icon = "more", children, entries, class: more = "" }: MenuProps) {
	const id = useId();
	const button = useRef<HTMLButtonElement>(null);
	const list = useRef<HTMLDivElement>(null);
	// A page of cards has a menu in each: their entries would be most of what is in it.
	const [isOpen, setOpen] = useState(false);

	function move(event: KeyboardEvent): void {
		const items = [...(list.current?.querySelectorAll<HTMLElement>(".menu-item") ?? [])];
		const focused = document.activeElement;
		const at = focused instanceof HTMLElement ? items.indexOf(focused) : -1;
		const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
		if (to === undefined) return;
		event.preventDefault();
		items.at(to % items.length)?.focus();
	}

	return (
		<div class={`menu ${more}`}>
			<button
				ref={button}
				type="button"
				class={`button button-quiet ${children === undefined ? "button-icon" : ""}`}
				popovertarget={id}
				aria-haspopup="menu"
				aria-label={name}
				title={name}
			>
				<Icon name={icon} />
				{children}
			</button>
			<div
				ref={list}
				id={id}
				popover="auto"
				role="menu"
				tabIndex={-1}
				aria-label={name}
				class="popover menu-list"
				onBeforeToggle={(event) => {
					if (event.newState === "open") setOpen(true);
				}}
				onToggle={(event) => {
					if (event.newState !== "open") return setOpen(false);
					place(button.current, list.current, "below");
					list.current?.querySelector<HTMLElement>(".menu-item")?.focus();
				}}
				onKeyDown={move}
			>
				{(isOpen ? entries : []).map((entry) => (
					<button
						key={entry.name}
						type="button"
						role={entry.isChosen === undefined ? "menuitem" : "menuitemradio"}
						{...(entry.isChosen === undefined ? {} : { "aria-checked": entry.isChosen })}
						class={`menu-item ${entry.isDanger ? "menu-item-danger" : ""}`}
						onClick={() => {
							list.current?.hidePopover();
							entry.onChoose();
						}}
					>
						{entry.icon !== undefined && <Icon name={entry.icon} size={18} />}
						{entry.name}
					</button>
				))}
			</div>
		</div>
	);
}
