/** Requests of any client for a title of the conversation, in further languages. They are read in simplified characters. */

import { type HiddenPrompt, title } from "./hidden-prompt.ts";

/** A row has the verbs, the words for a title, and those for the conversation. */
const TITLES: readonly (readonly [verb: string, title: string, chat: string])[] = [
	["genera|crea|escribe|sugiere", "título", "(?:para|de) (?:esta conversación|esta charla|este chat)"],
	["gere|crie|escreva|sugira", "título", "(?:para )?(?:d?esta|d?essa|a) conversa"],
	["génère|générez|crée|créez|écris|écrivez|propose|proposez", "titre", "(?:pour|à) cette (?:conversation|discussion)"],
	["genera|crea|scrivi|suggerisci", "titolo", "(?:per|a) questa (?:conversazione|chat)"],
	[
		"erstelle|generiere|schreibe|formuliere",
		"titel",
		"für (?:diese unterhaltung|diese konversation|dieses gespräch|diesen chat)",
	],
	[
		"(?:придумай|создай|сгенерируй|сформулируй)(?:те)?",
		"(?:заголовок|название)",
		"для (?:этого диалога|этого чата|этого разговора|этой беседы)",
	],
];
/** Tells a picture that has a title, or a title in letters of a kind. */
const DRAWN_WITH = String.raw`(?:con|com|avec|mit|с)\s`;
const DRAWN_IN = String.raw`(?:en|em|in|на|в)\s`;
/** The conversation comes first. */
const TITLES_BEHIND = [
	"この(?:会话|対话|チャット)[^。\\n]{0,12}タイトルを?[^。\\n]{0,6}(?:付けて|つけて|作成して|生成して|考えて)",
	"이 (?:대화|채팅)[^.\\n]{0,12}제목을?[^.\\n]{0,16}(?:만들어|생성|작성|지어)",
];

const SOURCES = [
	...TITLES.map(
		([verb, title, chat]) =>
			String.raw`(?:${verb})\s(?:(?!${DRAWN_WITH})[^\s.]{1,20}\s){0,3}${title},?\s(?:(?!${DRAWN_IN})[^\s.]{1,20}\s){0,7}${chat}(?=$|[.,:;!?\s])`,
	),
	...TITLES_BEHIND,
];

export const ANY_LANGUAGE: readonly HiddenPrompt[] = SOURCES.map((source) => ({
	sentAs: "either",
	pattern: new RegExp(`^${source}`, "i"),
	answer: title,
}));
