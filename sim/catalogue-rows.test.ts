/** Lets the simulator check the bodies of each row, as the model does when it runs: fields, words, bounds, pictures and masks. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../src/json-value.ts";
import { CATALOGUE } from "../src/models/catalogue/index.ts";
import { drawerOf } from "../src/models/drawer.ts";
import { type FalInput, toFalInput } from "../src/models/fal-input.ts";
import { resolveModel } from "../src/models/names.ts";
import type { ImageRequest, InputPicture, InputRole } from "../src/models/request.ts";
import { makeRequest } from "../test/support/make.ts";
import { endpointOf } from "./endpoints.ts";
import { readInput } from "./input.ts";

/** A row, and the pictures of a request that it, or one of the endpoints that edit for it, draws. */
const ASKED = CATALOGUE.flatMap((row) => {
	const drawers = row.images === undefined ? [{ endpoint: row.endpoint, roles: [] }] : [];
	const edits = (row.edits ?? [row]).flatMap(({ endpoint, images, mask }) => {
		if (images === undefined) return [];
		const full: InputRole[] = Array.from({ length: images.max }, () => "image");
		const masked: InputRole[] = ["image", "mask"];
		return [
			...(mask?.required ? [] : [{ endpoint, roles: full }]),
			...(mask === undefined ? [] : [{ endpoint, roles: masked }]),
		];
	});
	return [...drawers, ...edits].map(({ endpoint, roles }) => ({ id: row.id, endpoint, roles }));
});

const side = fc.integer({ min: 64, max: 8192 });
const part = fc.integer({ min: 1, max: 20 });
const asked = fc.record({
	size: fc.oneof(
		fc.constant({ kind: "auto" } as const),
		fc.record({ kind: fc.constant("ratio" as const), width: part, height: part }),
		fc.record({ kind: fc.constant("pixels" as const), width: side, height: side }),
	),
	quality: fc.constantFrom("auto", "low", "medium", "high" as const),
	outputFormat: fc.constantFrom("png", "jpeg", "webp", null),
	seed: fc.option(fc.nat()),
	isLarge: fc.boolean(),
	isMost: fc.boolean(),
	isMore: fc.boolean(),
});
const MORE: Partial<ImageRequest> = {
	negativePrompt: "fog",
	background: "transparent",
	inputFidelity: "high",
	moderation: "low",
};

function toPictures(roles: readonly InputRole[]): readonly InputPicture[] {
	return roles.map((role, index) => ({ role, source: { kind: "link", url: `https://pictures.test/${index}.png` } }));
}

/** Puts the addresses where the shell puts them. */
function withAddresses({ input, attachments }: FalInput): JsonObject {
	const added = attachments.map(({ field, isList, pictures }) => {
		const addresses = pictures.map(({ source }) => (source.kind === "link" ? source.url : source.key));
		return [field, isList ? addresses : (addresses[0] ?? "")] as const;
	});
	return { ...input, ...Object.fromEntries(added) };
}

describe("a row, as the simulator checks it", () => {
	it.each(ASKED)("$id with $roles is drawn by $endpoint, whatever else is asked", ({ id, endpoint, roles }) => {
		const model = resolveModel(id);
		const drawn = endpointOf(endpoint);
		if (model === null || drawn === undefined) throw new Error(`no ${id} or ${endpoint}`);
		const inputs = toPictures(roles);
		const drawer = drawerOf(model, { inputs });
		expect(drawer.endpoint).toBe(endpoint);
		fc.assert(
			fc.property(asked, ({ isLarge, isMost, isMore, ...fields }) => {
				const request = makeRequest({
					model: model.id,
					...fields,
					n: isMost ? drawer.maxImages : 1,
					...(isLarge && fields.quality === "high" && { resolution: "4K" }),
					...(isMore && MORE),
					inputs,
				});
				const falInput = toFalInput(drawer, request);
				if (!falInput.ok) throw new Error(JSON.stringify(falInput.error));
				expect(readInput(drawn, withAddresses(falInput.value), 1)).toMatchObject({ ok: true });
			}),
			{ numRuns: 60 },
		);
	});

	it("is refused for a field that its endpoint does not have", () => {
		const drawn = endpointOf("fal-ai/flux/schnell");
		if (drawn === undefined) throw new Error("no endpoint");
		expect(readInput(drawn, { prompt: "a cat", aspect_ratio: "1:1" }, 1).ok).toBe(false);
	});
});
