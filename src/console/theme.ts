/** Light or dark: the person's choice, else as the system is set. */

import { effect, signal } from "@preact/signals";
import { recall, remember } from "./remembered.ts";

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const NAME = "theme";

export const theme = signal<Theme>(THEMES.find((one) => one === recall(NAME)) ?? "system");

// The style sheet reads it.
effect(() => {
	document.documentElement.dataset.theme = theme.value;
});

/** Switches the theme, and keeps the choice. */
export function chooseTheme(chosen: Theme): void {
	remember(NAME, chosen === "system" ? null : chosen);
	theme.value = chosen;
}
