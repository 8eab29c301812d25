import { CHAT, describeHiddenRequests, user } from "../../../test/support/hidden-requests.ts";

const CONTENT = `<content>
[USER]: 雪地里的红狐

[ASSISTANT]: ![Generated Image](https://gateway.test/images/1/0.png)
</content>`;
const IN_CHINESE = "改成水彩风格\n改成夜晚\n改成16:9";

describeHiddenRequests("RikkaHub and Kelivo", [
	[
		"suggestions",
		[
			user(
				`I will provide you with some chat content in the \`<content>\` block, including conversations between the User and the AI assistant.\n${CONTENT}`,
			),
		],
		IN_CHINESE,
	],
	[
		"suggestions without marks",
		[user(`I will provide you with some chat content in the <content> block.\n${CONTENT}`)],
		IN_CHINESE,
	],
	[
		"suggestions in English",
		[user(`I will provide you with some chat content in the <content> block.\n<content>\n[USER]: a fox\n</content>`)],
		"Draw it as a watercolour\nMake it night\nMake it 16:9",
	],
	[
		"a compressed chat",
		[
			user(
				`You are a conversation compression assistant. Compress the following conversation into a concise summary.\n\n${CONTENT}`,
			),
		],
		"雪地里的红狐",
	],
	[
		"a translation",
		[
			user(`You are a translation expert, skilled in translating various languages, and maintaining accuracy, faithfulness, and elegance in translation.
Next, I will send you text. Please translate it into en, and return the translation result directly.

Please translate the <source_text> section:

<source_text>
雪地里的红狐
</source_text>`),
		],
		"雪地里的红狐",
	],
	["what a picture shows", [user("You are an OCR assistant.\n\nExtract all visible text from the image.")], "Image"],
	["a test of its tools", [user("Use the get_current_time tool.")], "OK"],
	[
		"a summary of what was asked",
		[
			user(`I will give you user messages from a conversation in the \`<messages>\` block.
Generate or update a brief summary of the user's questions and intentions.

<messages>
雪地里的红狐
</messages>`),
		],
		"雪地里的红狐",
	],
	[
		"the same without marks",
		[user("I will give you user messages from a conversation in the <messages> block.")],
		"Image",
	],
	[
		"a summary for a new session",
		[
			...CHAT,
			user(
				"Provide a detailed summary of the following conversation for continuing in a new session.\n\nThe new session will not have access to the original conversation history.",
			),
		],
		"Draw a red fox, 16:9",
	],
]);
