/** The hidden requests of RikkaHub and Kelivo, which write most of them alike. */

import { type HiddenPrompt, suggestions, summary, title, unchanged } from "./hidden-prompt.ts";

export const RIKKAHUB_AND_KELIVO: readonly HiddenPrompt[] = [
	// RikkaHub, Kelivo: app/src/main/java/me/rerere/rikkahub/data/ai/prompts, DEFAULT_TITLE_PROMPT.
	{
		sentAs: "either",
		pattern: /^I will give you some dialogue content in the `?<content>/,
		answer: title,
	},
	// RikkaHub, Kelivo: app/src/main/java/me/rerere/rikkahub/data/ai/prompts/Suggestion.kt.
	{
		sentAs: "either",
		pattern: /^I will provide you with some chat content in the `?<content>/,
		answer: suggestions,
	},
	// RikkaHub: app/src/main/java/me/rerere/rikkahub/data/ai/prompts/CompressPrompt.kt.
	{
		sentAs: "either",
		pattern: /^You are a conversation compression assistant\./,
		answer: summary,
	},
	// RikkaHub, Kelivo: app/src/main/java/me/rerere/rikkahub/data/ai/prompts/Translation.kt.
	{
		sentAs: "either",
		pattern: /^You are a translation expert, skilled in translating various languages/,
		answer: unchanged,
	},
	// RikkaHub, Kelivo: app/src/main/java/me/rerere/rikkahub/data/ai/prompts/OcrPrompt.kt: asks what a picture shows, which nothing here can tell.
	{
		sentAs: "either",
		pattern: /^You are an OCR assistant\./,
		answer: title,
	},
	// RikkaHub: app/src/main/java/me/rerere/rikkahub/ui/pages/setting, the test of a provider with tools.
	{
		sentAs: "user",
		pattern: /^Use the get_current_time tool\.$/,
		answer: () => "OK",
	},
	// Kelivo: lib/core/providers/settings_provider.dart, defaultSummaryPrompt.
	{
		sentAs: "either",
		pattern: /^I will give you user messages from a conversation in the `?<messages>/,
		answer: summary,
	},
];
