/**
 * Describes this gateway to gpt_image_playground, as a custom provider (github.com/CookSleep/gpt_image_playground,
 * docs/custom-provider-llm-prompt.md). It submits a task and keeps its id, so that a page that is loaded again goes on with it.
 */

const ID = "custom-darkroom";

/** @param origin The base of this gateway's addresses @param model The model to begin with */
export function toPlaygroundManifest(origin: string, model: string) {
	return {
		customProviders: [
			{
				id: ID,
				name: "Darkroom",
				submit: {
					// Paths are below the profile's `baseUrl`.
					path: "images/generations",
					method: "POST",
					contentType: "json",
					query: { async: "true" },
					body: {
						model: "$profile.model",
						prompt: "$prompt",
						size: "$params.size",
						quality: "$params.quality",
						output_format: "$params.output_format",
						n: "$params.n",
						background: "$params.background",
						moderation: "$params.moderation",
						// The playground can ask for base64 instead. One of the two only: it shows each picture that it finds.
						response_format: "url",
						// The playground sends only what is named here, and leaves out what is absent. Without its pictures and its mask it would pay for another picture.
						image_urls: "$inputImages.dataUrls",
						mask: "$mask.dataUrl",
					},
					taskIdPath: "task_id",
				},
				poll: {
					path: "images/tasks/{task_id}",
					method: "GET",
					intervalSeconds: 3,
					statusPath: "status",
					successValues: ["completed"],
					failureValues: ["failed"],
					errorPath: "error.message",
					result: { imageUrlPaths: ["result.data.*.url"], b64JsonPaths: ["result.data.*.b64_json"] },
				},
			},
		],
		profiles: [
			{ id: `${ID}-profile`, name: "Darkroom", provider: ID, baseUrl: `${origin}/v1`, model, apiMode: "images" },
		],
	};
}
