import { describe, expect, it } from "vitest";
import { listOf, toPlainName } from "../../text.ts";
import { isNestName, type Meaning, meaningOfName } from "./option-names.ts";

describe("the meaning of a name", () => {
	it.each<readonly [meaning: Meaning | null, names: string]>([
		["size", "size, aspect_ratio, aspectRatios, aspect_ratios_selection, aspect, ratio, ar, dimension, dimensions"],
		["size", "resolution, orientation, image_size, img_size, picture_ratio, pic_size, photo_size, output_aspect_ratio"],
		[
			"size",
			"target_size, canvas_size, render_size, final_size, result_size, generated_size, generation_size, gen_size",
		],
		["size", "image_dimensions, output_resolution, imageOrientation, image_shape"],
		[
			"size",
			"proportion, selected_aspect_ratio, custom_size, frame_size, sampleImageSize, aspect_ratio_preset, size_preset",
		],
		["size", "size_ratio, sizeRatio, image_size_ratio, resolution_ratio, aspect_ratio_enum"],
		["width", "custom_width, size_width, width_px, w"],
		["height", "custom_height, size_height, height_px, h"],
		[
			"count",
			"variations, variants, num_variants, images_per_prompt, num_per_prompt, qty, gen_num, generate_num, copies",
		],
		["outputFormat", "image_output_format, output_image_format, outputMimeType"],
		["seed", "fixed_seed, rng_seed, sampling_seed"],
		["width", "width, image_width, img_width, output-width, targetWidth, canvas_width"],
		["height", "height, image_height, img_height, outputHeight, target_height"],
		[
			"count",
			"n, num, count, quantity, samples, n_images, num_images, num_img, numberOfPictures, num_pics, num_photos",
		],
		["count", "num_outputs, n_samples, numVariations, num_results, num_generations, candidateCount, number_images"],
		[
			"count",
			"num_of_images, count_images, total_images, image_num, image_number, img_count, imageQuantity, output_amount",
		],
		["count", "num_images_per_prompt, num_outputs_per_image, how_many, how_many_images"],
		["batch", "batch_size"],
		["batches", "batch_count, num_batches, n_iter"],
		["quality", "quality, imageQuality"],
		["outputFormat", "output_format, image_format"],
		["seed", "seed, image_seed, random_seed, manualSeed, noise_seed, init_seed, initial_seed, generation_seed"],
		["seed", "generator_seed, seed_number, seed_value"],
		["background", "background"],
		["inputFidelity", "input_fidelity, inputFidelity"],
		["moderation", "moderation"],
		["fal", "fal"],
		["negativePrompt", "negative_prompt, negativePrompt, negative, negativeText, image_negative_prompt, neg_prompt"],
		["negativePrompt", "prompt_negative"],
		// Names that only sound alike.
		[null, "font_size, chunk_size, max_size, min_width, line_height, sizes, width_ratio, original_size, max_images"],
		[null, "image, images, imagen, partial_images, no_images, input_images, counts, token_count, num_ctx, num_predict"],
		[null, "num_inference_steps, num_keep, presence_penalty, max_tokens, logit_bias, user, metadata, format"],
		[
			null,
			"image_background, output_quality, subseed, seed_resize_from_w, randomize_seed, negative_prompt_2, prompt, batch, per, sample_size, samplesize, variation, mime_type, format",
		],
	])("is %s for %s", (meaning, names) => {
		const read = (name: string) => meaningOfName(toPlainName(name));
		expect(listOf(names).map((name) => [name, read(name)])).toEqual(listOf(names).map((name) => [name, meaning]));
	});
});

describe("an object of options", () => {
	const nests = listOf(
		"extra_body, extra_params, extra_parameters, extra, google, gemini, vertex, openai, image_config, generationConfig, config, args",
		"imageGenerationConfig, parameters, params, param, parameter, options, option, image_options, image_params, body",
		"image_settings, img_options, picture_options, gen_params, generation_parameters, model_parameters, providerOptions",
		"optional_params, additional_params, output_options, inference_params, settings, extra_fields, request",
		"custom_params, advanced_settings, sampling_params, generateParams, api_params, fal_options, draw_options, gemini_config",
		"input_params, size_config, override_settings, payload, providerMetadata, user_params, other_params, extras",
		"image_request, request_options, input, inputs, model_input, kwargs, extra_args, model_kwargs",
	);
	it.each(nests)("may be %s", (name) => {
		expect(isNestName(toPlainName(name), null)).toBe(true);
	});

	it.each(
		listOf(
			"metadata, tools, fal, user_settings, stream_options, response_format, configs, image, extra_extra_extra_body",
		),
	)("is not %s", (name) => {
		expect(isNestName(toPlainName(name), null)).toBe(false);
	});

	it("has any name within the options for providers", () => {
		expect(isNestName("replicate", "provideroptions")).toBe(true);
		expect(isNestName("replicate", "providermetadata")).toBe(true);
		expect(isNestName("replicate", "extrabody")).toBe(false);
		expect(isNestName("replicate", "myprovideroptions")).toBe(false);
		expect(isNestName("replicate", "provideroptionslist")).toBe(false);
	});
});
