/** Results of the simulator: pictures by model and size, and errors. */
import { decode } from "fast-png";
import { describe, expect, inject, it } from "vitest";
import { createSimClient, get, getJson, IMAGEN, json, pictureOf, type Status } from "../support/node/sim-client.ts";

const { simUrl: origin } = inject("gateway");
const { submitted, control, resultOf, outputOf, imageOf } = createSimClient(origin);

describe("a result of the simulator", () => {
	it.each([
		["content-policy", 422, "content_policy_violation"],
		["no-media", 422, "no_media_generated"],
		["invalid-input", 422, "value_error"],
		["server-error", 500, "internal_server_error"],
		["downstream-error", 400, "downstream_service_error"],
		["downstream-500", 500, "downstream_service_error"],
	])("of sim:%s is %i %s, and the status is COMPLETED", async (name, status, type) => {
		const { request_id, status_url, response_url } = await submitted(`failing sim:${name}`);
		await control(request_id, "finish");
		const answer = await get(response_url);
		expect([answer.status, answer.headers.get("x-fal-error-type")]).toEqual([status, type]);
		const problem = { type, loc: expect.any(Array), msg: expect.any(String) };
		expect(await json(answer)).toMatchObject({ detail: [problem] });
		const view = await getJson<Status>(status_url);
		expect([view.status, "error" in view]).toEqual(["COMPLETED", name === "server-error"]);
	});

	it.each([
		[IMAGEN, {}, [1024, 1024]],
		[IMAGEN, { aspect_ratio: "9:16" }, [768, 1408]],
		[IMAGEN, { aspect_ratio: "4:3", resolution: "2K" }, [2560, 1792]],
		["fal-ai/nano-banana-2", { aspect_ratio: "21:9" }, [1536, 672]],
		["fal-ai/nano-banana/edit", { image_urls: ["https://example.com/a.png"], aspect_ratio: "auto" }, [1024, 1024]],
		["fal-ai/flux/schnell", { image_size: "portrait_16_9" }, [576, 1024]],
		["fal-ai/qwen-image", { image_size: { width: 640, height: 480 } }, [640, 480]],
		["fal-ai/gpt-image-1.5", { image_size: "1536x1024" }, [1536, 1024]],
		["fal-ai/bytedance/seedream/v4/text-to-image", { image_size: { width: 960, height: 960 } }, [960, 960]],
	])("of %s with %j has a picture of %j pixels", async (endpoint, input, size) => {
		const { width, height } = await pictureOf((await imageOf("sizes sim:instant", { endpoint, ...input })).url);
		expect([width, height]).toEqual(size);
	});

	it.each([
		[IMAGEN, { aspect_ratio: "2:1" }, ["body", "aspect_ratio"], "literal_error"],
		[IMAGEN, { num_images: 9 }, ["body", "num_images"], "less_than_equal"],
		[IMAGEN, { num_images: 0 }, ["body", "num_images"], "greater_than_equal"],
		[IMAGEN, { prompt: undefined }, ["body", "prompt"], "missing"],
		[IMAGEN, { output_format: "bmp" }, ["body", "output_format"], "literal_error"],
		["fal-ai/flux/dev", { image_size: "1024x1024" }, ["body", "image_size"], "literal_error"],
		["fal-ai/gpt-image-1.5", { image_size: "512x512" }, ["body", "image_size"], "literal_error"],
		[
			"fal-ai/flux/dev",
			{ image_size: { width: 63, height: 960 } },
			["body", "image_size", "ImageSize", "width"],
			"greater_than_equal",
		],
		["fal-ai/flux/dev", { aspect_ratio: "1:1" }, ["body", "aspect_ratio"], "extra_forbidden"],
		["fal-ai/nano-banana/edit", {}, ["body", "image_urls"], "missing"],
	])("of %s with %j is an error at %j of type %s", async (endpoint, input, loc, type) => {
		const answer = await resultOf("wrong sim:instant", { endpoint, ...input });
		expect(answer.status).toBe(422);
		expect(await json(answer)).toMatchObject({ detail: [{ loc, type }] });
	});

	it("leaves out the file fields that the model leaves out", async () => {
		const empty = { file_name: null, file_size: null, width: null, height: null };
		expect(await imageOf("nulls sim:instant")).toMatchObject({ ...empty, content_type: "image/png" });
		expect(await imageOf("nulls sim:null-fields")).toMatchObject({ ...empty, content_type: null });
		expect(await imageOf("full sim:instant sim:fields=full")).toMatchObject({ width: 1024, file_name: "0.png" });
		const recraft = await imageOf("no sizes sim:instant", { endpoint: "fal-ai/recraft/v3/text-to-image" });
		expect(recraft).not.toHaveProperty("width");
		expect(await outputOf("none sim:no-images")).toMatchObject({ images: [] });
	});

	it("has an inline picture with sim:data-uri, and black ones with sim:nsfw", async () => {
		const { url } = await imageOf("inline sim:data-uri sim:max-side=128");
		expect(decode(Buffer.from(url.replace("data:image/png;base64,", ""), "base64"))).toMatchObject({ width: 128 });
		const nsfw = await outputOf("sim:nsfw", { endpoint: "fal-ai/flux/dev", num_images: 2 });
		expect(nsfw.has_nsfw_concepts).toEqual([true, true]);
		const { data, palette } = await pictureOf(nsfw.images[0].url);
		expect(new Set([...data].flatMap((at) => palette?.[at]))).toEqual(new Set([0]));
	});
});
