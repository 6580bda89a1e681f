// What WAF, CloudFront, Route 53 and ACM say of their inputs; api-limits.ts tells the notation.

const domain = String.raw`0..253 /(\*\.)?(((?!-)[A-Za-z0-9-]{0,62}[A-Za-z0-9])\.)+((?!-)[A-Za-z0-9-]{1,62}[A-Za-z0-9])/`;
const moment = "viewer-request|viewer-response|origin-request|origin-response";
const functionArn = String.raw`0..108 /arn:aws[\w-]*:cloudfront::[0-9]{12}:function\/[a-zA-Z0-9-_]{1,64}/`;
const header = "0..64 /[a-zA-Z0-9._$-]+/";
const transformations =
  "NONE|COMPRESS_WHITE_SPACE|HTML_ENTITY_DECODE|LOWERCASE|CMD_LINE|URL_DECODE|BASE64_DECODE|HEX_DECODE|MD5|REPLACE_COMMENTS|ESCAPE_SEQ_DECODE|SQL_HEX_DECODE|CSS_DECODE|JS_DECODE|NORMALIZE_PATH|NORMALIZE_PATH_WIN|REMOVE_NULLS|REPLACE_NULLS|BASE64_DECODE_EXT|URL_DECODE_UNI|UTF8_TO_UNICODE|UPPERCASE|TRIM";

export const edgeLimits: Readonly<Record<string, string>> = {
  "aws:acm/certificate:Certificate": String.raw`
    certificateAuthorityArn 20..2048 /arn:[\w+=/,.@-]+:acm-pca:[\w+=/,.@-]*:[0-9]+:[\w+=,.@-]+(/[\w+=,.@-]+)*/
    options.export ENABLED|DISABLED
    subjectAlternativeNames 0..100
    subjectAlternativeNames.* ${domain}
    validationOptions.*.domainName ${domain}
    validationOptions.*.validationDomain ${domain}
  `,
  "aws:cloudfront/distribution:Distribution": String.raw`
    connectionFunctionAssociation.id 0..64
    defaultCacheBehavior.functionAssociations.*.eventType ${moment}
    defaultCacheBehavior.functionAssociations.*.functionArn ${functionArn}
    defaultCacheBehavior.lambdaFunctionAssociations.*.eventType ${moment}
    orderedCacheBehaviors.*.forwardedValues.cookies.forward none|whitelist|all
    orderedCacheBehaviors.*.functionAssociations.*.eventType ${moment}
    orderedCacheBehaviors.*.functionAssociations.*.functionArn ${functionArn}
    orderedCacheBehaviors.*.lambdaFunctionAssociations.*.eventType ${moment}
    origins.*.customOriginConfig.ipAddressType ipv4|ipv6|dualstack
    origins.*.originShield.originShieldRegion 0..32 /[a-z]{2}-[a-z]+-\d/
    viewerCertificate.iamCertificateId 0..32
    viewerMtlsConfig.mode required|optional|passthrough
  `,
  "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": `
    serverTimingHeadersConfig.samplingRate 0..100
  `,
  "aws:route53/healthCheck:HealthCheck": `
    childHealthchecks.* 0..64
    insufficientDataHealthStatus Healthy|Unhealthy|LastKnownStatus
    regions.* us-east-1|us-west-1|us-west-2|eu-west-1|ap-southeast-1|ap-southeast-2|ap-northeast-1|sa-east-1
    routingControlArn 0..255
    searchString 0..255
    childHealthThreshold 0..256
  `,
  "aws:route53/keySigningKey:KeySigningKey": `
    hostedZoneId 0..32
  `,
  "aws:route53/record:Record": `
    healthCheckId 0..64
    name 0..1024
    setIdentifier 0..128
    ttl 0..2147483647
    failoverRoutingPolicies.*.type PRIMARY|SECONDARY
    weightedRoutingPolicies.*.weight 0..255
    geoproximityRoutingPolicy.bias -99..99
  `,
  "aws:route53/zone:Zone": `
    delegationSetId 0..32
  `,
  "aws:wafv2/webAcl:WebAcl": String.raw`
    dataProtectionConfig.dataProtections.*.action SUBSTITUTION|HASH
    dataProtectionConfig.dataProtections.*.field.fieldKeys 0..100
    dataProtectionConfig.dataProtections.*.field.fieldKeys.* 0..64
    dataProtectionConfig.dataProtections.*.field.fieldType SINGLE_HEADER|SINGLE_COOKIE|SINGLE_QUERY_ARGUMENT|QUERY_STRING|BODY
    description 0..256 /[\w+=:#@/\-,.][\w+=:#@/\-,.\s]+[\w+=:#@/\-,.]/
    rules.*.name 0..128 /[\w-]+/
    rules.*.priority 0..
    tokenDomains.* 0..253 /[\w./-]+/
    **.aggregateKeyType IP|FORWARDED_IP|CUSTOM_KEYS|CONSTANT
    **.captchaConfig.immunityTimeProperty.immunityTime 60..259200
    **.challengeConfig.immunityTimeProperty.immunityTime 60..259200
    **.customResponse.customResponseBodyKey 0..128 /[\w-]+/
    **.customResponse.responseCode 200..599
    **.responseHeaders.*.name ${header}
    **.responseHeaders.*.value 0..255
    **.insertHeaders.*.name ${header}
    **.insertHeaders.*.value 0..255
    **.ruleLabels.*.name 0..1024 /[0-9A-Za-z_:-]+/
    **.visibilityConfig.metricName 0..128 /[0-9A-Za-z_-]+/
    **.byteMatchStatement.positionalConstraint EXACTLY|STARTS_WITH|ENDS_WITH|CONTAINS|CONTAINS_WORD
    **.textTransformations.*.type ${transformations}
    **.textTransformations.*.priority 0..
    **.fieldToMatch.singleHeader.name 0..64
    **.fieldToMatch.singleQueryArgument.name 0..64
    **.oversizeHandling CONTINUE|MATCH|NO_MATCH
    **.matchScope ALL|KEY|VALUE
    **.fallbackBehavior MATCH|NO_MATCH
    **.invalidFallbackBehavior MATCH|NO_MATCH|EVALUATE_AS_STRING
    **.forwardedIpConfig.headerName 0..255 /[a-zA-Z0-9-]+/
    **.geoMatchStatement.countryCodes.* 2..2 /[A-Z]{2}/
    **.ipSetReferenceStatement.arn 20..2048
    **.ipSetForwardedIpConfig.position FIRST|LAST|ANY
    **.labelMatchStatement.key 0..1024 /[0-9A-Za-z_:-]+/
    **.labelMatchStatement.scope LABEL|NAMESPACE
    **.managedRuleGroupStatement.name 0..128 /[\w-]+/
    **.managedRuleGroupStatement.vendorName 0..128
    **.managedRuleGroupStatement.version 0..64 /[\w#:./-]+/
    **.managedRuleGroupStatement.ruleActionOverrides 0..100
    **.ruleActionOverrides.*.name 0..128 /[\w-]+/
    **.rateBasedStatement.limit 10..2000000000
    **.regexMatchStatement.regexString 0..512
    **.regexPatternSetReferenceStatement.arn 20..2048
    **.ruleGroupReferenceStatement.arn 20..2048
    **.sizeConstraintStatement.comparisonOperator EQ|NE|LE|LT|GE|GT
    **.sizeConstraintStatement.size 0..
    **.sqliMatchStatement.sensitivityLevel LOW|HIGH
  `,
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": `
    logDestinationConfigs.* 20..2048
    loggingFilter.defaultBehavior KEEP|DROP
    loggingFilter.filters.*.behavior KEEP|DROP
    loggingFilter.filters.*.conditions.*.actionCondition.action ALLOW|BLOCK|COUNT|CAPTCHA|CHALLENGE|EXCLUDED_AS_COUNT
    loggingFilter.filters.*.conditions.*.labelNameCondition.labelName 0..1024 /[0-9A-Za-z_:-]+/
    loggingFilter.filters.*.requirement MEETS_ALL|MEETS_ANY
    redactedFields.*.singleHeader.name 0..64
    redactedFields 0..100
  `,
};
