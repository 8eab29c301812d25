/** Finds how the model of a request is asked, if the catalogue does not know it: fal's schema of the endpoint says so. */

import type { Context } from "../../context.ts";
import type { RequestError } from "../../errors.ts";
import { pricesOf } from "../../fal/prices.ts";
import { createSchemas } from "../../fal/schemas.ts";
import type { Fault } from "../../faults.ts";
import type { SchemaTraits } from "../../models/catalogue/types.ts";
import { makesPictures } from "../../models/inputs.ts";
import { findModel, modelNotFound, standingOf } from "../../models/names.ts";
import { err, ok, type Result } from "../../result.ts";

/**
 * Returns null for a model of the catalogue, which costs no fetch, and for an endpoint that the data lists while its schema cannot be had:
 * its family then says how it is asked. Refuses every other without a schema, also one that the operator names: a guess would be paid.
 * @param name As the client wrote it. Absent: the default model
 */
export async function findTraits(
	name: string | undefined,
	context: Pick<Context, "env" | "config" | "ctx">,
): Promise<Result<SchemaTraits | null, RequestError>> {
	const { env, config, ctx } = context;
	const { offered, defaultModel } = config;
	const found = findModel(name ?? defaultModel, offered, defaultModel);
	if (!found.ok) return found;
	const { id } = found.value;
	const standing = standingOf(found.value, offered);
	if (standing === "row") return ok(null);
	const schemas = createSchemas(config, env.IMAGES, { waitUntil: (work) => ctx.waitUntil(work) });
	// Its price comes beside it, so that the first job goes by it already.
	const [described] = await Promise.all([schemas.describe(id), pricesOf(context).learn([id])]);
	if (described.ok) {
		const { traits, givesPictures } = described.value;
		const isTaken = standing === "listed" || givesPictures;
		return isTaken ? ok(traits) : invalidModel({ is: "no_picture_model", model: id });
	}
	if (makesPictures(id)) return ok(null);
	switch (described.error) {
		case "missing":
			return modelNotFound(name ?? defaultModel, offered, defaultModel);
		case "unreadable":
			return invalidModel({ is: "schema_unreadable", model: id });
		case "unavailable":
			return err({ kind: "schema_unavailable", model: id });
	}
}

function invalidModel(fault: Fault<"no_picture_model" | "schema_unreadable">): Result<never, RequestError> {
	return err({ kind: "invalid_value", param: "model", fault });
}
