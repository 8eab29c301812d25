// Shows openapi.json. "Try it out" asks this very gateway; the key stays in the page.
globalThis.SwaggerUIBundle({
	url: "../openapi.json",
	dom_id: "#reference",
	deepLinking: true,
	docExpansion: "list",
	defaultModelsExpandDepth: 0,
	displayRequestDuration: true,
	// No document leaves the page to be checked elsewhere.
	validatorUrl: null,
});
