import { describe, expect, it } from "vitest";
import { listOf, toPlainName } from "../../text.ts";
import { isPassedOver, namingOf, type Proof, roleOfName } from "./picture-names.ts";

describe("the name of a picture", () => {
	it.each<readonly [role: string | null, names: string]>([
		["image", "image, img2, photos, input_image_urls, source_image, subject_image_b64, control_net_image, guide_img"],
		["image", "structure_image, pose_photo, depth_image, ip_adapter_image, person_image, garment_img, product_image"],
		["image", "image_file_id, image_data, image_input, image_references, subject_reference, file_ids"],
		["mask", "mask, masks, mask_url, masks_base64, mask_image_url, image_mask, image_masks"],
		["markup", "markup, markup2"],
		[null, "style_reference, inpaint_mask, mask_blur, image_size, scene_image, image_urls_list, my_markup, file"],
	])("says what its picture is for: %s, for %s", (role, names) => {
		const read = (name: string) => roleOfName(toPlainName(name));
		expect(listOf(names).map((name) => [name, read(name)])).toEqual(listOf(names).map((name) => [name, role]));
	});
});

describe("a field of any name", () => {
	it.each<readonly [proof: Proof, names: string]>([
		[
			"address",
			"image_ref, style_ref, character_refs, cref, refs, image_list, scene_image, promptImage, uploaded_image",
		],
		[
			"address",
			"redux_img, my_picture, selfie_photo, style_reference, input_references, reference, references, image_prompt",
		],
		["address", "sketch_url, inpaint_mask, attachments, experimental_attachments, file, files, fileUrl, file_urls"],
		[
			"address",
			"filesUrl, fileList, input_urls, inputUrl, original_image_2x, image_1_url, pic, pics, picUrl, image_tail",
		],
		[
			"address",
			"first_frame, frames, last_frame_url, face, face_url, personUrls, garment_url, pose_url, selfie, image_b",
		],
		["address", "upload_image, logo_image, avatar_image, server_image, context_images, image_context, saved_image"],
		// Services, weights, models and pages.
		["ending", "image_proxy, image_endpoint, image_hosting, image_server, image_prefix, image_domain, image_base_url"],
		["ending", "image_api_base, image_cdn, image_base, image_provider_url, imageGenerationUrl, image_done_url"],
		[
			"ending",
			"image_lora_url, image_lora, ip_adapter_path, ip_adapters, controlnet, controlnets, path, image_model_url",
		],
		[
			"ending",
			"ref, image_href, reference_url, reference_doc, frame, iframe, image_credit, photographer_url, preferences",
		],
		[
			"ending",
			"source, url, urls, layers, product, uploads, referer, refuse, epic, framework, surface, poses, personal_url",
		],
		["ending", "file_search, max_files, attachment_mode"],
		["ending", "share_link, hotlinks, linked_url, links_shown, wrapper_url, resources, sources_list"],
		// A result goes there, or the picture is of somebody or in place of something.
		["bytes", "image_callback_url, image_webhook, image_notify_url, image_upload_url, image_storage, image_bucket"],
		["bytes", "image_avatar, image_icon, image_logo, logo, presigned_url, output_url, put_url, destination"],
		[
			"bytes",
			"save_to, image_save_url, result_image_url, output_image, profile_image_url, default_image, fallback_image",
		],
		[
			"bytes",
			"placeholder_image, error_image_url, preview_image, thumbnail_url, app_url, redirect_url, citations, links",
		],
		["bytes", "page_ref, sources, link, upload_server"],
	])("needs this proof of a picture: %s, for %s", (proof, names) => {
		const read = (name: string) => namingOf(toPlainName(name)).proof;
		expect(listOf(names).map((name) => [name, read(name)])).toEqual(listOf(names).map((name) => [name, proof]));
	});

	it("says with what stands around it what its picture must be, and is for", () => {
		const masks = namingOf("inpaintmask");
		expect(masks).toEqual({ role: "mask", proof: "address" });
		expect(namingOf("url", masks)).toEqual(masks);
		expect(namingOf("markuplayer", masks)).toEqual({ role: "markup", proof: "address" });
		expect(namingOf("layermarkup")).toEqual({ role: "image", proof: "ending" });
		expect(namingOf("image", namingOf("layers"))).toEqual({ role: "image", proof: "address" });
		expect(namingOf("image", namingOf("searchresults"))).toEqual({ role: "image", proof: "bytes" });
		expect(namingOf("previewurl", namingOf("attachments"))).toEqual({ role: "image", proof: "bytes" });
	});

	it("may be one of words, or of something else than this request", () => {
		const words = listOf(
			"prompt, negative_prompt, input, content, text, query, instructions, system, user, name, title, id, caption, description",
		);
		const closed = listOf(
			"messages, history, metadata, meta, tools, functions, user, fal, citations, author, persona, theme, ui",
		);
		const others = listOf("style, image_prompt, visual_prompt, layers");
		const passed = (holdsText: boolean) =>
			[...words, ...closed, ...others].filter((name) => isPassedOver(toPlainName(name), holdsText));
		expect(passed(true)).toEqual([...words, "user"]);
		expect(passed(false)).toEqual(["user", ...closed]);
	});
});
