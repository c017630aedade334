// Starts the page of the API. Nothing is asked of another host: no validator, no remote file.
"use strict";
const place = document.getElementById("swagger");
window.SwaggerUIBundle({
  url: place.dataset.openapi,
  domNode: place,
  layout: "BaseLayout",
  deepLinking: true,
  validatorUrl: null,
  queryConfigEnabled: false,
  persistAuthorization: false,
});
