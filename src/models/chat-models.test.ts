import { describe, expect, it } from "vitest";
import data from "../../data/fal-image-endpoints.json" with { type: "json" };
import { CATALOGUE } from "./catalogue/index.ts";
import { isChatModel } from "./chat-models.ts";

describe("isChatModel", () => {
	it.each([
		"gpt-4o-mini",
		"gpt-3.5-turbo",
		"gpt-5",
		"GPT-5.5",
		" gpt-5.1-codex ",
		"gpt4",
		"openai/gpt-4o",
		"openrouter/openai/gpt-5",
		"openai:gpt-5",
		"chatgpt-4o-latest",
		"o1",
		"o3-mini",
		"codex-mini-latest",
		"claude-sonnet-5",
		"gemini-3-pro-preview",
		"deepseek-chat",
		"deepseek-ai/DeepSeek-V4",
		"qwen3-max",
		"qwen-plus",
		"glm-5",
		"kimi-k3",
		"llama3",
		"grok-5",
	])("knows that %s talks", (name) => {
		expect(isChatModel(name)).toBe(true);
	});

	it.each([
		"",
		"/",
		"gpt-image-2",
		"openai/gpt-image-3",
		"gpt-5-image",
		"doubao-seedream-4-0-250828",
		"doubao-seededit-3-0-i2i-250628",
		"amazon.nova-canvas-v1:0",
		"amazon/nova-canvas",
		"doubao-t2i-drawing",
		"gemini-2.5-flash-image",
		"grok-imagine-image",
		"qwen-image",
		"hunyuan-image-3",
		"darkroom",
		"darkroom-gpt",
		"dall-e-3",
		"o2",
		"o100x",
		"yippee",
		"phisher",
		"my-gpt",
		"stable-diffusion-xl",
	])("does not take %j for one", (name) => {
		expect(isChatModel(name)).toBe(false);
	});

	it("takes no model that draws for one", () => {
		const names = CATALOGUE.flatMap(({ id, chatAlias, endpoint, aliases }) => [id, chatAlias, endpoint, ...aliases]);
		expect([...names, ...Object.keys(data.endpoints)].filter(isChatModel)).toEqual([]);
	});
});
