import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../../json-value.ts";
import { forcedToolOf } from "./forced-tool.ts";

const parameters = { type: "object", properties: { title: { type: "string" } } };
const FORCED = { type: "function", function: { name: "set_title" } };

function tool(name: string, description = "…"): JsonObject {
	return { type: "function", function: { name, description, parameters } };
}

describe("forcedToolOf", () => {
	it.each<readonly [what: string, sent: JsonObject, name: string]>([
		["a chat's named function", { tool_choice: FORCED, tools: [tool("other"), tool("set_title")] }, "set_title"],
		["one beside a tool for pictures", { tool_choice: FORCED, tools: [tool("draw"), tool("set_title")] }, "set_title"],
		[
			"a Response's named function",
			{
				tool_choice: { type: "function", name: "set_title" },
				tools: [{ type: "function", name: "set_title", parameters }],
			},
			"set_title",
		],
		["Anthropic's named tool", { tool_choice: { type: "tool", name: "b" }, tools: [tool("a"), tool("b")] }, "b"],
		["the first for Anthropic's choice of any", { tool_choice: { type: "any" }, tools: [tool("a"), tool("b")] }, "a"],
		["the first for a choice of any", { tool_choice: "any", tools: [tool("a"), tool("b")] }, "a"],
		["the first that is required", { tool_choice: "required", tools: [tool("a"), tool("b")] }, "a"],
	])("finds %s", (_, sent, name) => {
		expect(forcedToolOf(sent)).toMatchObject({ name, parameters });
	});

	it.each<Json>([null, "none", 7])("takes %j for a schema of anything", (odd) => {
		const tools = [{ type: "function", function: { name: "set_title", parameters: odd } }];
		expect(forcedToolOf({ tool_choice: FORCED, tools })).toMatchObject({ parameters: {} });
	});

	it.each<readonly [what: string, sent: JsonObject]>([
		["nothing", {}],
		["tools alone", { tools: [tool("a")] }],
		["a free choice", { tool_choice: "auto", tools: [tool("a")] }],
		["a function that is not there", { tool_choice: FORCED, tools: [tool("a")] }],
		["a function without a name", { tool_choice: { type: "function" }, tools: [{ type: "function" }] }],
		["another kind of tool", { tool_choice: { type: "image_generation", name: "a" }, tools: [tool("a")] }],
		["a choice with another tool", { tool_choice: "required", tools: [tool("a"), { type: "image_generation" }] }],
		["a choice of no tool", { tool_choice: "required", tools: [] }],
		["tools that are no list", { tool_choice: "required", tools: {} }],
		["one that draws by its name", { tool_choice: "required", tools: [tool("a"), tool("generate_image")] }],
		["one that draws by a name in one word", { tool_choice: "required", tools: [tool("makePoster")] }],
		["one that draws by a name with a dash", { tool_choice: "required", tools: [tool("make-poster")] }],
		["one that draws by its description", { tool_choice: "required", tools: [tool("a", "Draws what you say.")] }],
		["one that draws, for Anthropic's choice of any", { tool_choice: { type: "any" }, tools: [tool("gen_img")] }],
		...[
			"createImg",
			"gen_imgs",
			"make_pic",
			"fox-pics",
			"txt2img",
			"dalle",
			"dalle3",
			"dall_e_3",
			"midjourney",
			"imagine",
		].map((name) => [`one named ${name}`, { tool_choice: "required", tools: [tool(name)] }] as const),
		...[
			"Calls DALL-E",
			"Runs stable diffusion",
			"Renders a scene",
			"A 3D render",
			"A rendering",
			"Visualise it",
			"For visualizing",
		].map((description) => [description, { tool_choice: "required", tools: [tool("a", description)] }] as const),
		["tools that are none", { tool_choice: "required", tools: [null, "function"] }],
	])("finds none in %s", (_, sent) => {
		expect(forcedToolOf(sent)).toBeNull();
	});
});
