package dev.cairn.keys;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;

/// Computes the public half of a private key, for which the JDK has no call.
final class PublicHalf {
    private PublicHalf() {}

    static java.security.PublicKey of(PrivateKey key) throws GeneralSecurityException {
        return switch (key) {
            case ECPrivateKey ec ->
                KeyFactory.getInstance("EC")
                        .generatePublic(new ECPublicKeySpec(
                                times(ec.getParams().getGenerator(), ec.getS(), ec.getParams()), ec.getParams()));
            case RSAPrivateCrtKey rsa ->
                KeyFactory.getInstance("RSA")
                        .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
            case EdECPrivateKey ed -> Ed25519.publicKey(ed.getBytes().orElseThrow());
            default -> throw new InvalidKeyException("no known kind of key");
        };
    }

    /// Double and add. It is done once, on the machine that holds the key.
    private static ECPoint times(ECPoint base, BigInteger factor, ECParameterSpec curve) {
        BigInteger p = ((ECFieldFp) curve.getCurve().getField()).getP();
        BigInteger a = curve.getCurve().getA();
        ECPoint sum = ECPoint.POINT_INFINITY;
        for (int bit = factor.bitLength() - 1; bit >= 0; bit--) {
            sum = add(sum, sum, p, a);
            if (factor.testBit(bit)) {
                sum = add(sum, base, p, a);
            }
        }
        return sum;
    }

    private static ECPoint add(ECPoint one, ECPoint other, BigInteger p, BigInteger a) {
        if (one.equals(ECPoint.POINT_INFINITY)) {
            return other;
        }
        if (other.equals(ECPoint.POINT_INFINITY)) {
            return one;
        }
        BigInteger x = one.getAffineX();
        BigInteger y = one.getAffineY();
        BigInteger slope;
        if (one.equals(other)) {
            slope = x.pow(2)
                    .multiply(BigInteger.valueOf(3))
                    .add(a)
                    .multiply(y.shiftLeft(1).modInverse(p));
        } else if (x.equals(other.getAffineX())) {
            return ECPoint.POINT_INFINITY;
        } else {
            slope = other.getAffineY()
                    .subtract(y)
                    .multiply(other.getAffineX().subtract(x).mod(p).modInverse(p));
        }
        BigInteger newX = slope.pow(2).subtract(x).subtract(other.getAffineX()).mod(p);
        return new ECPoint(newX, slope.multiply(x.subtract(newX)).subtract(y).mod(p));
    }
}
