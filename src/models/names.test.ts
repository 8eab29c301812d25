import fc from "fast-check";
import { describe, expect, it } from "vitest";
import data from "../../data/fal-image-endpoints.json" with { type: "json" };
import { err } from "../result.ts";
import type { Model } from "./catalogue/types.ts";
import {
	findModel,
	hasUnofferedSuccessor,
	isFalId,
	listedNames,
	modelNotFound,
	type OfferedModels,
	offeredTo,
	parseOffered,
	resolveModel,
	standingOf,
	successorOf,
} from "./names.ts";

const ALL: OfferedModels = { kind: "all" };
const FEW: OfferedModels = { kind: "list", names: ["imagen4-preview", "darkroom-banana", "fal-ai/flux/krea"] };

function modelNamed(name: string): Model {
	const found = findModel(name, ALL);
	if (!found.ok) throw new Error(`no model ${name}`);
	return found.value;
}

describe("isFalId", () => {
	it.each([
		"fal-ai/flux/krea",
		"fal-ai/flux-pro/v1.1-ultra-finetuned",
		"fal-ai/bytedance/seedream/v4/edit",
		"fal-ai/flux-2/klein/4b/base/edit/lora",
		"workflows/someone/my_flow",
		"comfy/someone/flow",
		"a/b/c/d/e/f/g",
	])("accepts %s, which is its own model", (id) => {
		expect(isFalId(id)).toBe(true);
		expect(resolveModel(id)).toMatchObject({ id, endpoint: id });
	});

	it.each([
		"",
		"flux",
		"/",
		"../x",
		"a/..",
		"a/../b",
		"a/b..c",
		"a//b",
		"/a/b",
		"a/b/",
		"a/./b",
		"fal-ai/x?y",
		"fal-ai/x#y",
		"fal-ai/x y",
		"fal-ai/x\ny",
		"fal-ai/x\\y",
		"fal-ai/x@y",
		"fal-ai/x:y",
		"FAL-AI/x",
		"fal-ai/X",
		"fal-ai%2Fflux",
		"fal-ai/%2e%2e/x",
		"fal.ai/x",
		"-a/b",
		"a/_b",
		"a/b/c/d/e/f/g/h",
		"fal-ai/猫",
		"https://fal.run/fal-ai/flux",
		"fal-ai/imagen4/requests/abc",
		"fal-ai/imagen4/requests",
		`a/${"b".repeat(199)}`,
	])("rejects %j", (id) => {
		expect(isFalId(id)).toBe(false);
		expect(findModel(id, ALL).ok).toBe(false);
	});

	it("accepts only ids whose address stays under the queue", () => {
		const likely = fc.stringMatching(/^[a-z0-9][a-z0-9-]*(\/[a-z0-9._-]+){1,5}$/);
		fc.assert(
			fc.property(likely, (id) => {
				if (isFalId(id)) expect(new URL(`https://queue.fal.run/${id}`).href).toBe(`https://queue.fal.run/${id}`);
			}),
		);
	});
});

describe("parseOffered", () => {
	it.each([
		["*", { kind: "all" }],
		[" imagen4-preview, *", { kind: "all" }],
		["*,workflows/me/flow, fal-ai/flux/krea", { kind: "all", named: ["workflows/me/flow", "fal-ai/flux/krea"] }],
		["me/app *,me/app,fal-ai/imagen4/preview", { kind: "all", named: ["me/app"] }],
		["*,no such thing!", null],
		["imagen4-preview", { kind: "list", names: ["imagen4-preview"] }],
		["Darkroom,fal-ai/flux/krea\n darkroom", { kind: "list", names: ["darkroom", "fal-ai/flux/krea"] }],
		["", null],
		[" , ", null],
		["imagen4-preview,imagen9", null],
		["fal-ai/x?y", null],
	])("parses MODELS=%j", (text, offered) => {
		expect(parseOffered(text)).toEqual(offered);
	});
});

describe("findModel", () => {
	it.each([
		["dall-e-2", "imagen4-preview"],
		["dall-e-3", "imagen4-preview"],
		["DALL-E-3", "imagen4-preview"],
		["darkroom", "imagen4-preview"],
		["gpt-image-1", "gpt-image-1.5"],
		["gpt-image-1.5", "gpt-image-1.5"],
		["gpt-image-2", "gpt-image-2"],
		["openai/gpt-image-2", "gpt-image-2"],
		["gpt-image-2.6-sunburst", "gpt-image-2"],
		["gpt-image-1-mini", "gpt-image-1-mini"],
		["gpt-image-1-mini-2025-10-06", "gpt-image-1-mini"],
		["gpt-image-1-2025-04-23", "gpt-image-1.5"],
		["gpt-image-1.5-2025-12-16", "gpt-image-1.5"],
		["gpt-image-3", "gpt-image-2"],
		["doubao-seedream-5-0-pro-260628", "seedream-5-pro"],
		["doubao-seedream-5-0-260128", "seedream-5-lite"],
		["gpt-image-3-2027-01-01", "gpt-image-2"],
		["chatgpt-image-latest", "gpt-image-2"],
		["fal-ai/imagen4/preview", "imagen4-preview"],
		["fal-ai/imagen4/preview/ultra", "imagen4-ultra"],
		["fal-ai/flux/krea", "fal-ai/flux/krea"],
	])("finds %s as %s", (name, id) => {
		expect(modelNamed(name).id).toBe(id);
	});

	it.each(["imagen4-preview", "darkroom", "dall-e-3", "nano-banana-2", "fal-ai/nano-banana-2", "fal-ai/flux/krea"])(
		"finds %s, which the list offers under one of its names",
		(name) => {
			expect(findModel(name, FEW).ok).toBe(true);
		},
	);

	it.each(Object.keys(data.endpoints))("finds %s, which makes pictures", (id) => {
		expect(isFalId(id)).toBe(true);
		expect(modelNamed(id).endpoint).toBe(id);
	});

	/** fal has these, or anybody may have them there: none is known to make pictures. */
	const OTHERS = [
		"somebody/app",
		"somebody/app/path",
		"storage/upload/initiate",
		"fal-ai/flux-lora-fast-training",
		"fal-ai/kling-video/v2/master/text-to-video",
		"fal-ai/any-llm",
		"fal-ai/new/thing",
		"fal-ai/flux",
		"fal-ai/imagen4/fast",
		"fal-ai/flux/krea/image-to-image/x",
		"openai/dall-e-9",
	];

	it.each(OTHERS)("finds %s, of which nothing is known but its id", (id) => {
		for (const offered of [ALL, { kind: "all", named: ["somebody/other"] } as const]) {
			const found = findModel(id, offered);
			expect(found).toMatchObject({ ok: true, value: { id, endpoint: id } });
			expect(found.ok && standingOf(found.value, offered)).toBe("unheard");
		}
		expect(findModel(id, FEW).ok).toBe(false);
	});

	it.each([
		["fal_ai/somebody/app", "somebody/app"],
		["fal:somebody/app", "somebody/app"],
		["somebody/models/app", "somebody/models/app"],
		["models/somebody/app", "somebody/app"],
	])("drops what gateways put before an id: %s is %s", (name, id) => {
		expect(modelNamed(name).id).toBe(id);
	});

	it.each([
		["imagen4-preview", "row"],
		["fal-ai/nano-banana-2/edit", "row"],
		["fal-ai/flux/krea", "listed"],
		["somebody/app", "listed"],
	])("knows of %s that it is a %s", (id, standing) => {
		const offered = parseOffered("*,somebody/app");
		expect(offered && standingOf(modelNamed(id), offered)).toBe(standing);
	});

	it.each([
		"workflows/me/flow",
		"comfy/me/flow",
		"gpt-image-2 openai/",
		"fal-ai/flux/krea/",
		"openai/gpt-5",
		"anthropic/claude-sonnet-5",
	])("does not find %s, which fal has no schema of", (id) => {
		expect(findModel(id, ALL).ok).toBe(false);
	});

	it.each([...OTHERS, "workflows/me/flow"])("finds %s if MODELS names it, with `*` and without", (id) => {
		for (const text of [id, `*,${id}`]) {
			const offered = parseOffered(text);
			expect(offered !== null && findModel(id, offered)).toMatchObject({ ok: true, value: { id, endpoint: id } });
		}
	});

	it.each(["imagen4-fast", "gpt-image-1", "fal-ai/flux/schnell", "fal-ai/anything/else"])(
		"does not find %s, which the list does not offer",
		(name) => {
			expect(findModel(name, FEW).ok).toBe(false);
		},
	);

	it.each([
		["imagen4-previw", ["imagen4-preview", "imagen4"]],
		["dalle-3", ["dall-e-3", "dall-e-2"]],
		["nano-banana-3", ["nano-banana-2", "nano-banana", "nano-banana-2.1"]],
		["gpt-image-", ["gpt-image-2", "gpt-image-1", "gpt-image-1.5"]],
		["stable-diffusion-xl", ["stable-diffusion-3.5"]],
		["", []],
		["x".repeat(100_000), []],
	])("suggests names similar to %.20j", (name, near) => {
		expect(findModel(name, ALL)).toEqual(err({ kind: "model_not_found", model: name, near, talks: false }));
	});

	it("says of a list that no other id works", () => {
		expect(findModel("fal-ai/flux/dev", FEW)).toMatchObject(err({ kind: "model_not_found", closed: true }));
	});

	it.each([
		["openai/dall-e-3", "imagen4-preview"],
		["OpenAI/DALL-E-3", "imagen4-preview"],
		["openai:gpt-image-1", "gpt-image-1.5"],
		["codex/gpt-image-2", "gpt-image-2"],
		["openrouter/openai/gpt-image-2", "gpt-image-2"],
		["openai/gpt-image-2.6-sunburst", "gpt-image-2"],
		["models/imagen4-preview", "imagen4-preview"],
		["google/imagen4", "imagen4-preview"],
		["fal/nano-banana-2", "nano-banana-2"],
		["fal-ai/nano-banana-2", "nano-banana-2"],
		["fal-ai/flux-schnell", "flux-schnell"],
		["fal/fal-ai/flux/krea", "fal-ai/flux/krea"],
		["fal_ai/fal-ai/flux/krea", "fal-ai/flux/krea"],
		["@fal/darkroom", "imagen4-preview"],
		// A real id of fal's stays what it is.
		["openai/gpt-image-2/edit", "openai/gpt-image-2/edit"],
		["bytedance/seedream/v5/lite/edit", "bytedance/seedream/v5/lite/edit"],
	])("drops what stands before a known name: %s is %s", (name, id) => {
		expect(modelNamed(name).id).toBe(id);
	});

	it.each([
		"workflows/me/darkroom",
		"comfy/me/flux-schnell",
		"@a/b/c/d/darkroom",
		"../darkroom",
		"/darkroom",
		"https://fal.run/fal-ai/flux/krea",
		"my darkroom",
		"é/darkroom",
	])("drops nothing of %j", (name) => {
		expect(findModel(name, ALL).ok).toBe(false);
	});

	it("prefers an id that MODELS names to the name at its end", () => {
		const offered = parseOffered("*,me/flux-schnell");
		expect(offered && findModel("me/flux-schnell", offered)).toMatchObject({ value: { id: "me/flux-schnell" } });
	});

	it.each(["fal-ai/\u000bflux-2", "openai/ gpt-image-2", "models/\timagen4-preview", "fal:\nfal-ai/flux/krea"])(
		"finds no model for %j, with a blank behind its prefix",
		(name) => {
			expect(findModel(name, ALL)).toMatchObject({ ok: false });
		},
	);

	it("drops a prefix only before an offered name", () => {
		expect(findModel("openai/dall-e-3", FEW)).toMatchObject({ value: { id: "imagen4-preview" } });
		expect(findModel("openai/gpt-image-2", FEW).ok).toBe(false);
	});

	it.each([
		["gpt-4o-mini", true],
		["openai/gpt-5", true],
		["imagen9", false],
	])("says of %s whether it talks", (name, talks) => {
		expect(findModel(name, ALL)).toMatchObject({ ok: false, error: { talks } });
	});

	it.each([
		["imagen4-preview", "darkroom"],
		["imagen4-fast", "darkroom-fast"],
		["fal-ai/flux/krea", "fal-ai/flux/krea"],
	])("names the default model %s as %s", (defaultModel, instead) => {
		expect(findModel("gpt-5", ALL, defaultModel)).toMatchObject({ error: { instead } });
	});

	it("names the default model only if it is offered", () => {
		// A key with models of its own may not use the default one: it is no help then.
		const narrowed = offeredTo(["flux-schnell"], ALL);
		expect(modelNotFound("darkroom", narrowed, "nano-banana-2")).not.toHaveProperty("error.instead");
		expect(modelNotFound("x", narrowed, "flux-schnell")).toHaveProperty("error.instead", "darkroom-schnell");
	});

	it("suggests names for what stands behind a prefix", () => {
		expect(modelNotFound("openai/dalle-3", ALL)).toMatchObject({ error: { near: ["dall-e-3", "dall-e-2"] } });
	});

	it("suggests only offered names, and at most three", () => {
		expect(findModel("imagen4-fast", FEW)).toMatchObject({ ok: false, error: { near: [] } });
		expect(findModel("imagen4", { kind: "list", names: ["imagen4-fast"] })).toMatchObject({
			ok: false,
			error: { near: ["imagen4-fast"] },
		});
		fc.assert(
			fc.property(fc.string({ maxLength: 30 }), (name) => {
				const found = findModel(name, ALL);
				if (found.ok) return;
				expect(found.error.near.length).toBeLessThanOrEqual(3);
				for (const near of found.error.near) expect(findModel(near, ALL).ok).toBe(true);
			}),
		);
	});

	it("repeats the name as it was sent", () => {
		expect(findModel(" Imagen9 ", ALL)).toMatchObject({ error: { model: " Imagen9 " } });
	});
});

describe("resolveModel", () => {
	it.each(["fal-ai/flux/krea", "fal-ai/imagen4/fast", "fal-ai/new/thing"])(
		"says `auto` for the shape of the raw id %s, whatever its family draws",
		(name) => {
			expect(resolveModel(name)?.shape).toBe("auto");
		},
	);

	it("resolves a name that is not offered", () => {
		expect(findModel("imagen4-fast", FEW).ok).toBe(false);
		expect(resolveModel("imagen4-fast")?.id).toBe("imagen4-fast");
	});

	it("returns null for a name without a model, and for an id of more than 200 characters", () => {
		expect(resolveModel("imagen9")).toBeNull();
		expect(resolveModel(`fal-ai/${"x".repeat(193)}`)?.id).toHaveLength(200);
		expect(resolveModel(`fal-ai/${"x".repeat(194)}`)).toBeNull();
		expect(resolveModel(`gpt-image-1.5-${"x".repeat(187)}`)).toBeNull();
		expect(resolveModel("gpt-image-1.5-by/fox")).toBeNull();
		expect(resolveModel("gpt-image-1.5-!")).toBeNull();
	});
});

describe("listedNames", () => {
	it("returns the names of MODELS", () => {
		expect(listedNames(FEW)).toEqual(["imagen4-preview", "darkroom-banana", "fal-ai/flux/krea"]);
	});

	it("returns the catalogue's names, and then those that MODELS adds to `*`", () => {
		const all = listedNames(ALL);
		expect(all).toContain("darkroom-banana");
		expect(listedNames({ kind: "all", named: ["me/app"] })).toEqual([...all, "me/app"]);
	});
});

describe("successorOf", () => {
	it.each([
		["imagen4-preview", "nano-banana-2"],
		["imagen4-fast", "nano-banana-2"],
		["imagen4-ultra", "nano-banana-2"],
		["nano-banana-2", null],
		["fal-ai/flux/krea", null],
		["__proto__", null],
	])("names the successor of %s: %s", (id, successor) => {
		expect(successorOf(id)).toBe(successor);
	});
});

describe("hasUnofferedSuccessor", () => {
	it.each([
		["imagen4-preview", "*", false],
		["imagen4-preview", "imagen4-preview", true],
		["imagen4-preview", "imagen4-preview,darkroom-banana", false],
		["imagen4-preview", "imagen4-preview,fal-ai/nano-banana-2", false],
		["flux-schnell", "flux-schnell", false],
	])("of %s with MODELS=%s is %s", (id, models, unoffered) => {
		const offered = parseOffered(models);
		expect(offered && hasUnofferedSuccessor(id, offered)).toBe(unoffered);
	});
});

describe("offeredTo", () => {
	const all = { kind: "all" } as const;

	it("leaves what is offered to a key without a list", () => {
		expect(offeredTo(null, all)).toBe(all);
	});

	it("lists the names of the key's models, those for chats too, and its ids of fal's", () => {
		expect(offeredTo(["imagen4-preview", "fal-ai/some/model"], all)).toEqual({
			kind: "list",
			names: ["imagen4-preview", "darkroom", "fal-ai/some/model"],
		});
	});

	it("offers nothing that the operator does not", () => {
		const two = { kind: "list", names: ["flux-schnell", "nano-banana"] } as const;
		expect(offeredTo(["nano-banana", "imagen4-preview"], two)).toEqual({ kind: "list", names: ["nano-banana"] });
		expect(offeredTo(["imagen4-preview"], two)).toEqual({ kind: "list", names: [] });
	});
});

describe("the bounds of a name", () => {
	const of200 = `fal-ai/${"x".repeat(193)}`;

	it.each<readonly [what: string, name: string, id: string | null]>([
		["an id of 200 characters", of200, of200],
		["blanks around it", ` ${of200}\n`, of200],
		["one more character", `${of200}x`, null],
		["a prefix before an id of 200 characters", `openai/${of200}`, null],
		["a prefix with blanks before it", " openai/flux-schnell ", "flux-schnell"],
		["three prefixes", "a/b/c/flux-schnell", "flux-schnell"],
		["a prefix that makes 200 characters", `${"x".repeat(187)}/flux-schnell`, "flux-schnell"],
		["a prefix that makes more", `${"x".repeat(188)}/flux-schnell`, null],
		["a prefix of fal's with blanks before it", " models/fal-ai/new/thing ", "fal-ai/new/thing"],
		["an owner of others behind another part", "owner/comfy/flux-schnell", "flux-schnell"],
		["the Kelvin sign, whose lower case is a k", "flux-\u212Aontext", null],
		["letters that are not ASCII", "fal-ai/flux/k\u212Area", null],
		["a letter that is not ASCII at its end", "fal-ai/flux/krea\u212A", null],
	])("takes %s: %j", (_, name, id) => {
		const found = findModel(name, { kind: "all" });
		expect(found.ok ? found.value.id : null).toBe(id);
	});

	it("suggests nothing for a name that is empty or too long", () => {
		for (const name of ["", "  ", "x".repeat(201)]) expect(nearOf(name)).toEqual([]);
	});

	it("suggests what a typing error means, with blanks around it or a slash behind it", () => {
		expect(nearOf(" flux-schnel ")).toContain("flux-schnell");
		expect(nearOf("flux-schnel/")).toContain("flux-schnell");
		expect(nearOf("          flux-schnel          ")).toContain("flux-schnell");
		expect(nearOf("opscal")).toContain("upscale");
		expect(nearOf("zzzzzzzzzzzz/")).toEqual([]);
	});

	it("names no default if there is none", () => {
		const found = findModel("zzzzzzzzzzzz", { kind: "all" });
		expect(found.ok || Object.keys(found.error)).toEqual(["kind", "model", "near", "talks"]);
	});

	it("asks an id of a known family as that is asked, and another one as nobody knows", () => {
		const kindOf = (id: string) => resolveModel(id)?.dialect.kind;
		expect(kindOf("fal-ai/imagen4/next")).toBe("ratio");
		expect(kindOf("other/fal-ai/imagen4")).toBe("unknown");
	});

	function nearOf(name: string): readonly string[] {
		const found = findModel(name, { kind: "all" });
		return found.ok ? [] : found.error.near;
	}
});
