/** Describes the settings that other programs import. */

import * as z from "zod/mini";
import { described, named } from "../answer/schema.ts";

const Template = z.record(z.string(), z.string());

export const PlaygroundManifest = named(
	"PlaygroundManifest",
	"A custom provider of gpt_image_playground, and a profile that uses it.",
	z.object({
		customProviders: z.array(
			z.object({
				id: z.string(),
				name: z.string(),
				submit: z.object({
					path: described(z.string(), "Below the profile's `baseUrl`, as is the path of `poll`."),
					method: z.literal("POST"),
					contentType: z.literal("json"),
					query: Template,
					body: Template,
					taskIdPath: z.string(),
				}),
				poll: z.object({
					path: z.string(),
					method: z.literal("GET"),
					intervalSeconds: z.int(),
					statusPath: z.string(),
					successValues: z.array(z.string()),
					failureValues: z.array(z.string()),
					errorPath: z.string(),
					result: z.object({ imageUrlPaths: z.array(z.string()), b64JsonPaths: z.array(z.string()) }),
				}),
			}),
		),
		profiles: z.array(
			z.object({
				id: z.string(),
				name: z.string(),
				provider: z.string(),
				baseUrl: z.string(),
				model: z.string(),
				apiMode: z.literal("images"),
			}),
		),
	}),
);
