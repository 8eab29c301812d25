import { describe, expect, it } from "vitest";
import { refersToLast } from "./refers.ts";

describe("an English message after a picture", () => {
	it.each([
		"it's too dark",
		"That's too dark",
		"they're too small",
		"he's too old",
		"the sky's too blue",
		"it's blurry",
		"It's cut off at the top",
		"the face is distorted",
		"her left hand is deformed",
		"the letters are upside down",
		"all are too small",
		"she should smile",
		"he needs a beard",
		"he looks too old",
		"it looks flat",
		"the light looks better in red",
		"the face is ugly",
		"her hands are really weird",
		"typo",
		"they look too old",
		"you forgot the moon",
		"you didn't add the hat",
		"I said three cats, not two",
		"I asked for a red car",
		"No, I meant blue",
		"I don't see the moon",
	])("is an edit if it says what is wrong: %j", (message) => {
		expect(refersToLast(message)).toBe(true);
	});

	it.each([
		"It's tomorrow, a city of glass",
		"they are giants, oil painting",
		"he looks at the sea",
		"she is a pirate",
		"I said draw a cat",
		"I wanted to draw a cat",
		"I wanted to say thanks",
		"I asked for",
	])("is a picture of its own if it tells of something else: %j", (message) => {
		expect(refersToLast(message)).toBe(false);
	});

	it.each([
		"This is great. Make it night.",
		"Wow, that looks really amazing! Make it night",
		"Ugly. Try again",
		"very nice, brighter",
		"so cute, make it night",
		"They're wonderful, brighter",
		"not what I wanted, the dog should sleep",
	])("is an edit if a judgement stands before a change: %j", (message) => {
		expect(refersToLast(message)).toBe(true);
	});

	it.each([
		"This is great",
		"That looks great",
		"the sky looks really nice",
		"Ugly",
		"this is fine dog meme, brighter",
		"so cute, a cat",
	])("is no edit for a judgement alone: %j", (message) => {
		expect(refersToLast(message)).toBe(false);
	});

	it.each([
		"in dark blue",
		"but blue",
		"red one please",
		"black and white",
		"with a red hat",
		"with rain",
		"with neon lights",
		"with the old wooden door",
		"also a hat",
		"and a red hat",
		"plus two birds",
		"again with different colors",
		"redo with a cat",
		"try it in blue",
		"reimagine as lego",
		"convert to anime",
		"convert into png with transparent background",
		"re-draw it",
		"translate the sign to French",
		"change pose. A knight on a hill",
		"fix typos. A knight on a hill",
		"change colour scheme",
		"make text bigger",
		"make text look old",
		"make hair blonde",
		"hair longer",
		"bg blue",
		"text in the middle",
		"curly hair",
		"from a low perspective",
		"only one cat please",
		"two cats instead of one",
		"less orange",
		"bigger façade",
		"show more of the background",
		"what would he look like old?",
		"close-up of her face",
		"oops, I meant blue",
		"a little less orange",
	])("is an edit if it holds a short change: %j", (message) => {
		expect(refersToLast(message)).toBe(true);
	});

	it.each([
		"there are too many people",
		"there's a typo in the text",
		"there is no moon",
		"there's an extra finger on the left hand",
		"there should be a moon",
		"where is the dog?",
		"where's the moon",
		"the cat has five legs",
		"it has two tails",
		"his hand has six fingers",
		"cat needs a hat",
		"cat should smile",
		"cat needs to smile",
		"looks too flat",
	])("is an edit if it misses something: %j", (message) => {
		expect(refersToLast(message)).toBe(true);
	});

	it.each([
		"put a whale in a teacup",
		"place a red apple on a marble table",
		"put a ship in a bottle",
		"add to cart button icon",
		"keep calm and carry on poster",
		"in blue, a lonely tree",
		"blue",
		"show more of a city",
		"close-up of a face",
		"and a picture of a dog",
		"also a logo",
		"with a little help from my friends",
		"again and again",
		"try to remember",
		"make hair salon logo",
		"hair salon",
		"there is no place like home",
		"where is my mind",
		"who should rule the world",
		"the hydra has a hundred stories",
		"a cat instead of a dog on the sofa",
		"tales of a cat instead of a dog",
	])("is a picture of its own if it names one: %j", (message) => {
		expect(refersToLast(message)).toBe(false);
	});

	it.each([
		"put a whale in the teacup",
		"put a hat on his head",
		"add a whale in a teacup",
		"put a whale in a teacup on the left",
	])("is an edit if it brings something into the picture: %j", (message) => {
		expect(refersToLast(message)).toBe(true);
	});

	it.each([
		"text is wrong",
		"The picture is too dark",
		"hands are ugly",
		"fingers look weird",
		"don't change her face. A knight on a hill",
		"way too dark",
		"a bit too dark",
	])("is an edit if it finds fault with a part of any picture: %j", (message) => {
		expect(refersToLast(message)).toBe(true);
	});

	it.each([
		"give me another one",
		"show me another",
		"two more",
		"give me one more like this",
		"three more like this",
		"show me more",
		"what about in blue?",
		"how about a red one?",
		"how about with a hat",
		"show it from the side",
		"show me the back",
		"let me see her from behind",
		"write “Sale” at the top",
		"change shirt color to red",
		"swap the red hat for a crown",
		"same girl in a forest",
		"the same dog with a red hat",
		"different pose",
		"in another color",
		"upscale to 4k",
		"enhance",
		"full body",
		"improve quality",
		"vintage look",
		"sepia tone",
		"a more cheerful mood",
		"b&w please",
		"title in gold",
		"version at night",
		"one more dog",
		"align the text left",
	])("is an edit if it wants the same, but otherwise: %j", (message) => {
		expect(refersToLast(message)).toBe(true);
	});

	it.each([
		"give me another one, a castle at night",
		"give me another castle",
		"two more, castles at night",
		"give me two cats",
		"how about a robot",
		"what about a cat in a hat",
		"show me the moon",
		"show me a back alley",
		"write “Sale” in neon letters",
		"text looks great",
		"one more picture",
		"two more castles at night",
		"title in prose",
		"versions at the fair",
		"same girl in a forest, a novel cover",
		"a different dog",
		"picture book",
	])("is a picture of its own if it names something else: %j", (message) => {
		expect(refersToLast(message)).toBe(false);
	});

	it.each([
		"Turn the following haiku into a painting: old pond, frog",
		"Convert this text to an infographic: water cycle",
		"translate this sentence into hieroglyphs: I am the king",
		"Take this sentence and paint it: the sun also rises",
		"I want this text on a poster: SALE",
		"make my short story into comics",
		"visualize this data: 3, 5, 8",
		"Use this prompt: a fox in the snow",
		"use the following text as the complete prompt. A red cube",
		"Try this: a fox in the snow",
		"Set the scene: a dark forest, a lone knight",
	])("is a picture of its own if it brings a text to be drawn: %j", (message) => {
		expect(refersToLast(message)).toBe(false);
	});

	it.each([
		"put this text on the picture: SALE",
		"put the following text at the top: SALE",
		"make this text bigger",
		"turn this text into gold",
		"convert the text to uppercase",
		"translate the text to French",
		"put this text in a speech bubble: hi",
		"Use this prompt: make it night",
		"try this with a hat",
		"use this style",
		"set the table",
	])("is an edit if it changes a text of the picture, or a change follows: %j", (message) => {
		expect(refersToLast(message)).toBe(true);
	});

	it.each([
		"go ahead and make it blue",
		"hey make it blue",
		"for this one make it blue",
		"in the image make it blue",
		"wow make it blue",
	])("is an edit behind words that say nothing: %j", (message) => {
		expect(refersToLast(message)).toBe(true);
	});
});
