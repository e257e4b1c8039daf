package org.payhub.money;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

/** An asset is stored as its code. */
@Converter
public class AssetColumn implements AttributeConverter<Asset, String> {

    @Override
    public String convertToDatabaseColumn(Asset asset) {
        return asset == null ? null : asset.code();
    }

    @Override
    public Asset convertToEntityAttribute(String code) {
        return code == null ? null : Asset.of(code);
    }
}
