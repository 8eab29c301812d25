/** Hidden requests of any client, by the words that such prompts have in common. They are read in simplified characters. */

import { ANY_LANGUAGE } from "./any-language.ts";
import { type HiddenPrompt, suggestions, summary, title, unchanged } from "./hidden-prompt.ts";

/** `please`, `your task is to`: what stands before the verb of a request. */
const ASKS = "(?:[-*] )?(?:please |you (?:will|need to|must|should) |your (?:task|job|role|goal) is to )?";
const VERB =
	"(?:generate|create|write|craft|provide|produce|suggest|propose|give|return|output|come up with|(?:reply|respond) with)";
const CHAT = "(?:chat )?(?:conversation|chat|discussion|dialog(?:ue)?|thread|session)";
const TITLE = "(?:title|name)";

/** These may stand behind the chat in a request about it. Other words make a thing of it: `our chat show`. */
const CHAT_ENDS = String.raw`(?=$|[.,:;?!"\n]| \(| (?:so far|in|below|above|based|using|with|without|that|between|content|history|messages?)\b)`;
const THIS_CHAT = `(?:this|the|our|an?) (?:(?:following|above|current|previous|entire|user's) )?${CHAT}${CHAT_ENDS}`;
/** The words of a person that stand behind the request. */
const THESE_WORDS = String.raw`(?:the following (?:user )?(?:request|message|text|task|question|prompt|query)|this prompt)(?=$|[.,:\n]| \()`;

const CHAT_ZH = "(?:对话|会话|聊天)";
const MAKE_ZH = "(?:生成|取|起|拟|写|想|给出|提取|提炼|总结|概括|归纳|创建|输出|返回|[为成]一个)";
const TITLE_ENDS_ZH = String.raw`标题(?=$|[。：:，,；;！!（(\n]|即可|吧|就行|就好)`;

/** Up to so many words of one sentence. */
function words(most: number): string {
	return String.raw`(?:(?!(?:with|whose)\b)[^\s.]{1,30}\s{1,3}){0,${most}}`;
}

function begins(source: string): RegExp {
	return new RegExp(`^${source}`, "i");
}

/** Prompts for questions that a person may ask next. */
const NEXT_QUESTIONS: readonly string[] = [
	String.raw`(?:(?:based on|given|from)\s[^\n]{0,160}\s)?(?:please )?(?:generate|suggest|predict|propose|provide|create)\s(?:(?!with|of)[\w-]{1,20}\s){0,4}(?:follow-?up|next)\s(?:[\w-]{1,20}\s){0,2}questions\b`,
	String.raw`(?:## task\s+)?you are (?:[^.\n]{0,30} that )?generat(?:es|ing) follow-up questions\b`,
	String.raw`rules you must follow:\n[\s\S]{0,200}\bfollow-up messages or questions\b`,
	String.raw`you are an ai suggestion generator\b`,
	"predict what the user (?:will|may|might) (?:say|ask) next",
	String.raw`(?:你是[^。\n]{0,30}。)?请?(?:基于|根据)[^。\n]{0,30}(?:问答|上文|内容|${CHAT_ZH})[^。\n]{0,20}(?:生成|预测|推荐|给出|提出)[^。\n]{0,12}(?:后续|可能|继续|相关)[^。\n]{0,10}问题`,
];

const PROMPTS: readonly HiddenPrompt[] = [
	// A title for the conversation, or for the words that follow.
	{
		sentAs: "either",
		pattern: begins(
			String.raw`${ASKS}${VERB}\s${words(12)}${TITLE}\b,?(?:\s[^\s.]{1,30}){0,8}\s(?:for|of|to|based on|from|summari[sz]ing) (?:${THIS_CHAT}|${THESE_WORDS})`,
		),
		answer: title,
	},
	// A title of the conversation.
	{
		sentAs: "either",
		pattern: begins(
			String.raw`${ASKS}${VERB}\s${words(5)}${CHAT}\stitle(?=$|[.,:\n]| \(| (?:of (?:exactly|at most)|in|that|summari[sz]ing|based on)\b)`,
		),
		answer: title,
	},
	// A title, with the conversation first.
	{
		sentAs: "either",
		pattern: begins(
			String.raw`(?:given|based on|analy[sz]e|summari[sz]e|read) (?:the|this|our) (?:[\w-]{1,20} ){0,4}${CHAT}\b(?:[^\s.]?\s{1,3}[^\s.]{1,30}?){0,12}[^\s.]?\s{1,3}(?:${VERB}|extract)\s${words(8)}${TITLE}(?=$|[.,:;!?\n]| (?:for|of|to|that|which|so|and|no|at|as|under|within|using|based|from|with|in (?:the|this|its|less|fewer|under|at|no|up|\d|one|two|three|four|five|six|english|chinese))\b)`,
		),
		answer: title,
	},
	// A summary that is a title.
	{
		sentAs: "either",
		pattern: begins(
			String.raw`(?:you are an assistant skilled in conversation\. )?${ASKS}summari[sz]e\s(?:[\w']{1,20}\s){1,3}${CHAT}\b(?:\s[^\s.]{1,30}){0,6}\s(?:into|as) an?\s(?:[\w-]{1,20}\s){0,4}title\b`,
		),
		answer: title,
	},
	// A title of the conversation, by the verb or as a question.
	{
		sentAs: "either",
		pattern: begins(
			String.raw`(?:(?:in [^,.\n]{1,30}, )?${TITLE} |what (?:is|would be) an?\s${words(8)}title for )${THIS_CHAT}`,
		),
		answer: title,
	},
	// A system message that asks for a title of the conversation or of its first message.
	{
		sentAs: "system",
		pattern: begins(
			String.raw`(?:${ASKS}${VERB}\s${words(8)}title\b[^.,\n]{0,80}\b(?:${CHAT}|message)\b|[^\n]{0,240}\bgive this ${CHAT} a ${TITLE}\b)`,
		),
		answer: title,
	},
	// A system message of an assistant for titles.
	{
		sentAs: "system",
		pattern: begins(
			String.raw`you (?:generate [^.\n]{0,40}titles|are [^.\n]{0,60}\b(?:${CHAT}s?\b[^.\n]{0,30}\b(?:titles?|titling|naming|summari[sz](?:er|ation|ing))|titles? for [^.\n]{0,20}${CHAT}s?|titl(?:e|ing) (?:generator|generation|assistant|writer|creator|editor|expert|bot|maker|engine)))\b`,
		),
		answer: title,
	},
	// A title for the first message, which follows.
	{
		sentAs: "user",
		pattern: begins(
			String.raw`This is the first [^\n]{0,120}\b(?:generate|write|create|give)\s[^\n]{0,60}\btitle for (?:the|this) (?:chat|conversation)`,
		),
		answer: title,
	},
	// A title for the conversation, in Chinese.
	{
		sentAs: "either",
		pattern: begins(
			String.raw`(?:你的任务是)?请?(?:用[^，。\n]{1,20})?(?:为|给|根据|总结|概括|从)[^。\n]{0,40}?${CHAT_ZH}[^。\n]{0,40}?${MAKE_ZH}[^。，,\n带]{0,25}${TITLE_ENDS_ZH}`,
		),
		answer: title,
	},
	// A title for the words that follow, in Chinese.
	{
		sentAs: "either",
		pattern: begins(
			String.raw`请?(?:为|给)(?:以下|下面|这个)的?(?:用户)?(?:提问|问题|消息|内容)${MAKE_ZH}[^，。\n]{0,12}${TITLE_ENDS_ZH}`,
		),
		answer: title,
	},
	// A summary that is a title, in Chinese.
	{
		sentAs: "either",
		pattern: begins(
			String.raw`(?:请?(?:[用以][^。\n]{0,30})?(?:总结|概括|归纳|提炼)[^。\n]{0,12}${CHAT_ZH}[^。\n]{0,30}作为[^。\n]{0,10}标题|你是一名擅长会话的助理，[^\n]{0,60}用户的会话总结为)`,
		),
		answer: title,
	},
	// A system message of an assistant for titles, in Chinese.
	{
		sentAs: "system",
		pattern: begins(
			String.raw`(?:你是一?[个名位]?[^，。\n]{0,6}标题(?:生成)?(?:助手|助理|器|专家)|(?:你是|请|根据|为|给)[^。\n]{0,30}${CHAT_ZH}(?:[^。\n]{0,30}${MAKE_ZH}[^，。\n]{0,20})?标题)`,
		),
		answer: title,
	},
	...ANY_LANGUAGE,
	// A chat with the title that is due behind it.
	{
		sentAs: "user",
		ofPictures: true,
		pattern: begins(String.raw`(?:conversation|用户消息)[:：][\s\S]*\n(?:title|请?生成对话标题)[:：]\s*$`),
		answer: title,
	},
	// A summary of the conversation.
	{
		sentAs: "either",
		pattern: begins(
			String.raw`(?:please |your task is to )?(?:(?:provide|create|write|generate|give|produce) (?:[\w-]{1,20},? ){0,4}summary of|summari[sz]e) (?:the|this|our) (?:[\w-]{1,20} ){0,2}(?:conversation|chat history|discussion|dialog(?:ue)?)(?=$|[.,:;\n]| (?:so far|above|below|briefly|concisely|for|in (?:under|at most|\d))\b)`,
		),
		answer: summary,
	},
	// A summary of the conversation, in Chinese.
	{
		sentAs: "either",
		pattern: begins(
			String.raw`请?(?:简要|简单|简洁)?(?:地)?(?:总结|概括|归纳|压缩)(?:一下)?(?:以上|上面|上述|以下|下面|这段|我们的)?的?${CHAT_ZH}(?:内容|记录|历史)?(?=$|[。：:，,；;\n])`,
		),
		answer: summary,
	},
	// A translator.
	{
		sentAs: "system",
		pattern: begins(
			String.raw`(?:You are (?:[\w-]{1,20},? ){0,7}(?:translator|translation (?:expert|engine|assistant|tool|model))\b|你是[^。，,\n]{0,14}翻译的?(?:专家|助手|助理|引擎|官|员|家|机))`,
		),
		answer: unchanged,
	},
	// A text to translate, which follows.
	{
		sentAs: "user",
		pattern: begins(
			String.raw`(?:(?:please )?translate (?:the following|this|the) (?:[\w-]{1,20} ){0,2}(?:text|content|sentence|paragraph|message|passage)s?\b[^:\n]{0,200}[:\n]|请?[将把](?:以下|下面)的?(?:这段)?(?:文本|文字|内容|句子|段落|话)翻译[成为][^：:\n]{1,40}[：:\n])(?=\s*\S)`,
		),
		answer: unchanged,
	},
	// A prompt to make better, if the answer is to be the prompt alone.
	{
		sentAs: "either",
		ofPictures: true,
		pattern: begins(
			String.raw`(?:(?:you are [^.\n]{0,60}\. )?(?:please )?(?:optimi[sz]e|improve|rewrite|refine|enhance) (?:the following|this|my|the user's) (?:[\w-]{1,20} ){0,3}prompt\b[\s\S]*\b(?:only (?:output|return)|(?:output|return|reply with|respond with) only) the (?:[\w-]{1,20} ){0,3}prompt\b|请?(?:优化|润色|改写)(?:以下|下面)的?[^，。：\n]{0,8}提示词[\s\S]*[只仅](?:输出|返回)[^，。\n]{0,12}提示词)`,
		),
		answer: unchanged,
	},
	// An assistant that makes prompts better, in Chinese.
	{
		sentAs: "system",
		pattern: begins(String.raw`你是[^。，\n]{0,20}提示词优化`),
		answer: unchanged,
	},
	...NEXT_QUESTIONS.flatMap((source): readonly HiddenPrompt[] => [
		// Questions that a person may ask next, in JSON.
		{
			sentAs: "either",
			pattern: begins(String.raw`(?=[\s\S]*\bjson\b)${source}`),
			answer: (chat) => JSON.stringify(suggestions(chat).split("\n")),
		},
		// Questions that a person may ask next.
		{
			sentAs: "either",
			pattern: begins(source),
			answer: suggestions,
		},
	]),
	// Completes what is typed.
	{
		sentAs: "system",
		pattern: begins(
			String.raw`You are an? (?:[\w-]{1,20} ){0,3}auto-?complet(?:e|ion) (?:engine|assistant|system|model)\b`,
		),
		answer: () => "",
	},
	// The language of a text.
	{
		sentAs: "either",
		pattern: begins("(?:detect|identify) the language of (?:the|this) "),
		answer: ({ language }) => language,
	},
	// Facts to remember.
	{
		sentAs: "system",
		pattern: begins(String.raw`(?:You are an? memory (?:[\w-]{1,20} )?(?:assistant|agent|manager)\b|你是一个记忆助手)`),
		answer: () => "[]",
	},
	// A classifier, whose labels nobody here knows.
	{
		sentAs: "system",
		pattern: begins(String.raw`You are an? (?:[\w-]{1,20} ){0,3}classifier\b`),
		answer: title,
	},
];

export const ANY_CLIENT: readonly HiddenPrompt[] = PROMPTS.map((prompt) => ({ ...prompt, ofAnyClient: true }));
